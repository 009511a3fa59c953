import { positionOf } from '../../template/position.ts'
import { isMap, type ValueMap } from '../../template/value.ts'
import { connectorEnds } from '../data/connector-profiles.ts'
import { ref, referredId } from '../intrinsics.ts'
import { orNothing, truthy } from '../python.ts'
import { invalidResource, type Refusal } from '../refusal.ts'
import type { Transformation } from '../transformation.ts'
import type { TargetRoles } from './target-roles.ts'
import { filled } from './variables.ts'

/** A source or destination: a resource of the template, or one that is elsewhere and known by what the user says of it. */
export interface End {
  /** Its logical id, where it is in the template. */
  readonly id: string | undefined
  /** Its CloudFormation type. */
  readonly type: string
  /** `Arn`, `RoleName`, `QueueUrl`, `ResourceId`, `Name` and `Qualifier`, as far as they are known. */
  readonly known: ValueMap
  readonly written: ValueMap
}

/** Types that may be named in their SAM form where the end is not in the template. */
const CLOUDFORMATION_TYPES: ReadonlyMap<string, string> = new Map([
  ['AWS::Serverless::Function', 'AWS::Lambda::Function'],
  ['AWS::Serverless::StateMachine', 'AWS::StepFunctions::StateMachine'],
  ['AWS::Serverless::Api', 'AWS::ApiGateway::RestApi'],
  ['AWS::Serverless::HttpApi', 'AWS::ApiGatewayV2::Api'],
  ['AWS::Serverless::SimpleTable', 'AWS::DynamoDB::Table'],
])

/** Reads one end of the connector `owner`. A resource of the template is read as it is written by now: as CloudFormation. */
export function readEnd(
  owner: string,
  written: ValueMap,
  other: ValueMap,
  { resourceInOutput, targetRoles }: Pick<Transformation, 'resourceInOutput' | 'targetRoles'>,
): End {
  const refuse = (text: string) => invalidResource(owner, text, positionOf(written))
  const byId = Object.hasOwn(written, 'Id')
  const byProperties = Object.keys(written).some((name) => name !== 'Id' && name !== 'Qualifier')
  if (byId === byProperties) {
    throw refuse("Must provide 'Id' (with optional 'Qualifier') or a supported combination of other properties.")
  }
  const { Id: id } = written
  if (!truthy(id)) return describedEnd(written, refuse)
  if (typeof id !== 'string') throw refuse("'Id' is missing or not a string.")
  const resource = orNothing(resourceInOutput(id))
  if (!resource) throw refuse(`Unable to find resource with logical ID '${id}'.`)
  const type = typeName(resource, refuse)
  return { id, type, known: { ...valuesOf(id, type, resource, other, targetRoles), ...qualifierOf(written) }, written }
}

function describedEnd(written: ValueMap, refuse: (text: string) => Refusal): End {
  const type = typeName(written, refuse)
  const known: ValueMap = {}
  for (const name of ['Arn', 'RoleName', 'QueueUrl', 'ResourceId', 'Name', 'Qualifier']) {
    if (written[name] !== undefined) known[name] = written[name]
  }
  return { id: undefined, type: CLOUDFORMATION_TYPES.get(type) ?? type, known, written }
}

function typeName({ Type: type }: ValueMap, refuse: (text: string) => Refusal): string {
  if (typeof type === 'string' && type !== '') return type
  throw refuse("'Type' is missing or not a string.")
}

function qualifierOf({ Qualifier: qualifier }: ValueMap): ValueMap {
  return qualifier === undefined ? {} : { Qualifier: qualifier }
}

function valuesOf(
  id: string,
  type: string,
  { Properties: properties }: ValueMap,
  other: ValueMap,
  targetRoles: TargetRoles,
): ValueMap {
  if (!Object.hasOwn(connectorEnds, type)) return {}
  const { role, values } = connectorEnds[type]!
  const written = isMap(properties) ? properties : {}
  const roleId = referredId(typeof role === 'string' ? written[role] : role && targetRoles(written['Targets'], other))
  return { ...(filled(values, () => id) as ValueMap), ...(roleId && { RoleName: ref(roleId) }) }
}
