import type { Partition } from '../aws/scope.ts'
import type { Value, ValueList, ValueMap } from '../template/value.ts'
import type { SharedUsagePlan } from './api/shared-usage-plan.ts'
import type { AppendOnce } from './append-once.ts'
import type { Applications } from './applications.ts'
import type { Dependencies } from './connectors/dependencies.ts'
import type { TargetRoles } from './connectors/target-roles.ts'
import type { Spend } from './extent.ts'
import type { DeploymentPreferences } from './function/deployment-preferences.ts'
import type { GeneratedResource } from './generated-resource.ts'
import type { KnownValues } from './known-values.ts'

/** What the resources of one template share while they are transformed. One per call: transforms may run side by side. */
export interface Transformation extends KnownValues {
  readonly region: string
  readonly partition: Partition
  /** The resources as the user wrote them, Globals merged in. Events write into the APIs, buckets and pools they belong to. */
  readonly resources: ValueMap
  /** The conditions of the template that comes out; generated ones are added here. Nothing where the template has none. */
  readonly conditions: ValueMap | undefined
  /** Adds a condition, and the section for it where there is none yet. */
  readonly addConditions: (conditions: ValueMap) => void
  /** As `resolve`, for what many ask for: what was resolved before is not looked through again. */
  readonly resolveOnce: (value: Value) => Value
  /** Names of functions with an event on an API, by the API's id: a new name must make a new deployment. */
  readonly functionNames: ReadonlyMap<string, readonly string[]>
  readonly sharedUsagePlan: SharedUsagePlan
  /** What was found well-formed, and is not checked again for every event: what SAM adds to it leaves it so. */
  readonly checked: WeakSet<ValueMap | ValueList>
  readonly appendOnce: AppendOnce
  /** Counts what is about to be written many times, and ends the transform where it is too much. */
  readonly spend: Spend
  /** One group of DNS records for each hosted zone, whichever API's domain asked first. */
  readonly recordSetGroups: Map<string, GeneratedResource>
  readonly deploymentPreferences: DeploymentPreferences
  /** Where the templates of published applications are. */
  readonly applications: Applications
  /** Whether CodeDeploy's resources get the condition of their function where the template does not say. */
  readonly passConditionToDeployments: boolean
  /** Whether a document's own OpenAPI version counts for more than `OpenApiVersion`. */
  readonly normalizeOpenApiVersion: boolean
  /** What `AlwaysDeploy` hashes instead of the definition. */
  readonly always: string
  /** A resource as it is written at this moment: transformed if its turn has come, else as the user wrote it. */
  readonly resourceInOutput: (id: string) => ValueMap | undefined
  /** Who waits for whom in what is written by now. */
  readonly dependencies: Dependencies
  /** The roles that rules have for their targets. */
  readonly targetRoles: TargetRoles
}
