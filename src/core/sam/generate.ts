import { positionOf, positionsOf } from '../template/position.ts'
import { isMap, type ValueMap } from '../template/value.ts'
import { beginTransformation } from './begin-transformation.ts'
import { liftConnectors } from './connectors/embedded.ts'
import { copyOf, member, put } from './copy.ts'
import type { Spend } from './extent.ts'
import { deploymentGroup, sharedDeploymentResources } from './function/deployment-preferences.ts'
import { emitted, type GeneratedResource, malformedId } from './generated-resource.ts'
import type { KnownValues } from './known-values.ts'
import { truthy } from './python.ts'
import { orderedEntries } from './python2/ordered-entries.ts'
import { duplicateId, EventRefusal, Refusal, within } from './refusal.ts'
import { renameDependencies, resolveRenamed, resolveResourceReferences } from './resolver.ts'
import { resourceTypes } from './resource-types.ts'
import { readSamResource, type SamResourceType } from './sam-resource.ts'
import { takesOver } from './takes-over.ts'
import type { TransformContext } from './transform-context.ts'
import type { Transformation } from './transformation.ts'

/** Replaces the SAM resources of a prepared template by what is generated from them. */
export function generatedInto(
  working: ValueMap,
  known: KnownValues,
  spend: Spend,
  context: TransformContext,
): { output: ValueMap; refusals: Refusal[] } {
  const refusals = liftConnectors(working['Resources'] as ValueMap)
  const output = copyOf(working)
  const transformation = beginTransformation(working, output, known, spend, context)
  const references = new Map<string, Map<string, string>>()
  const renamed = new Map<string, string>()
  const attempt = (run: () => void) => {
    try {
      run()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refusals.push(error)
    }
  }
  const numbers = new Set(positionsOf(transformation.resources)?.otherKeys?.filter((key) => /^[-+.\d]/.test(key)))
  for (const [id, node, type] of inOrder(transformation.resources)) {
    attempt(() => {
      if (numbers.has(id)) throw malformedId(id)
      const generated = transformOne(id, node, type, transformation)
      refer(id, type, generated, references)
      const moved = type.renames ? generated[0]?.id : undefined
      if (moved !== undefined && moved !== id) renamed.set(id, moved)
      const written = output['Resources'] as ValueMap
      // What is generated again, for another owner, takes the place of what was counted.
      for (const made of generated) if (!Object.hasOwn(written, made.id)) spend(made.properties as ValueMap)
      refusals.push(...replace(id, node, generated, working, output, context))
    })
  }
  addDeployments(output, transformation, attempt)
  const unready = transformation.applications.unready()
  if (unready) refusals.push(unready)
  delete output['Transform']
  if (refusals.length > 0) return { output, refusals }
  renameDependencies(output, renamed)
  return { output: resolveResourceReferences(resolveRenamed(output, renamed), references) as ValueMap, refusals }
}

/** APIs come after the functions and state machines whose events write into them, connectors last. */
const ORDER = [
  'AWS::Serverless::Function',
  'AWS::Serverless::StateMachine',
  'AWS::Serverless::Api',
  'AWS::Serverless::HttpApi',
  'AWS::Serverless::WebSocketApi',
]

function inOrder(resources: ValueMap): [id: string, node: ValueMap, type: SamResourceType][] {
  const rank = ({ type }: SamResourceType) => {
    if (type === 'AWS::Serverless::Connector') return 4
    const place = ORDER.indexOf(type)
    return place < 0 ? 3 : Math.min(place, 2)
  }
  return orderedEntries(resources)
    .flatMap(([id, node]): [string, ValueMap, SamResourceType][] => {
      if (!isMap(node)) return []
      const type = resourceTypes.get(node['Type'])
      return type ? [[id, node, type]] : []
    })
    .sort(([, , a], [, , b]) => rank(a) - rank(b))
}

function transformOne(id: string, node: ValueMap, type: SamResourceType, transformation: Transformation): GeneratedResource[] {
  const surroundings = { resource: id, position: positionOf(node) }
  try {
    return within(surroundings, () => type.transform(readSamResource(id, node, type, transformation), transformation))
  } catch (error) {
    // Unlike a function, a state machine does not put its name to the mistakes of its events.
    if (error instanceof EventRefusal) throw new Refusal(error.message, { position: positionOf(node), sortKey: error.event })
    throw error
  }
}

function refer(
  id: string,
  { references: wanted }: SamResourceType,
  generated: readonly GeneratedResource[],
  references: Map<string, Map<string, string>>,
): void {
  const ids = new Map(generated.map((resource) => [resource.type, resource.id]))
  for (const [name, type] of Object.entries(wanted ?? {})) {
    const target = ids.get(type)
    if (target === undefined) continue
    const known = references.get(id) ?? new Map<string, string>()
    references.set(id, known.set(name, target))
  }
}

function replace(
  id: string,
  node: ValueMap,
  generated: readonly GeneratedResource[],
  working: ValueMap,
  output: ValueMap,
  { passThroughMetadata }: TransformContext,
): Refusal[] {
  const written = working['Resources'] as ValueMap
  const resources = output['Resources'] as ValueMap
  delete resources[id]
  const refusals: Refusal[] = []
  for (const resource of generated) {
    const existing = member(written, resource.id)
    if (isMap(existing) && !takesOver(resource.type, existing['Type'])) {
      refusals.push(duplicateId(id, resource.id, resource.type, positionOf(node)))
      continue
    }
    const made = emitted(resource, node)
    const withMetadata = passThroughMetadata && truthy(node['Metadata']) && !truthy(member(resources, resource.id))
    put(resources, resource.id, withMetadata ? { ...made, Metadata: node['Metadata']! } : made)
  }
  return refusals
}

function addDeployments(output: ValueMap, transformation: Transformation, attempt: (run: () => void) => void): void {
  const { deploymentPreferences: preferences, partition, resources: written } = transformation
  const resources = output['Resources'] as ValueMap
  const { resources: shared, conditions } = sharedDeploymentResources(preferences, partition)
  if (Object.keys(conditions).length > 0) transformation.addConditions(conditions)
  const origin = (functionId?: string) => (functionId && (written[functionId] as ValueMap)) || {}
  for (const resource of shared)
    put(resources, resource.id, emitted(resource, origin(preferences.find((p) => p.enabled)?.functionId)))
  for (const preference of preferences.filter(({ enabled }) => enabled)) {
    attempt(() => {
      const group = deploymentGroup(preference)
      put(resources, group.id, emitted(group, origin(preference.functionId)))
    })
  }
}
