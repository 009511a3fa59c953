import { positionedAs, positionOfMember } from '../../template/position.ts'
import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { copyOf, member, put } from '../copy.ts'
import { expectPresent, expectText, ofEvent } from '../expect.ts'
import { combinedConditions } from '../intrinsics.ts'
import { addMethod, makePathConditional, normalizedMethod, pathsInOrder, pathsOf } from '../openapi/paths.ts'
import { truthy } from '../python.ts'
import { madeRoom, openEdit, removeMember } from '../python2/history.ts'
import { orderedEntries, orderedValues } from '../python2/ordered-entries.ts'
import { DocumentRefusal, EventRefusal, ofResource, type Refusal } from '../refusal.ts'
import { samResources } from '../sam-types.ts'

/** What tells the two kinds of implicit APIs apart. */
export interface ImplicitApiKind {
  /** Of the API that events without an API of their own share. */
  readonly id: string
  readonly type: string
  readonly eventType: string
  /** The event's property that names its API. */
  readonly apiProperty: string
  readonly properties: (origin: ValueMap) => ValueMap
  /** The document, once it is known that it can be edited; nothing where the events must not touch it. */
  readonly document: (api: ValueMap) => ValueMap | undefined
  readonly editable: (document: Value | undefined) => ValueMap
  /** Makes up for an event's missing parts. Nothing where the event is to be left alone. */
  readonly prepare: (event: string, node: ValueMap) => ValueMap | undefined
  /** What else the event sets on its API. */
  readonly configure?: (event: string, properties: ValueMap, apiId: string, api: ValueMap, condition: Value | undefined) => void
}

/** What the owners of an API's events ask of the API, by path and method. */
interface Uses {
  readonly conditions: Map<string, Map<string, string | undefined>>
  readonly deletionPolicies: Value[]
  readonly updateReplacePolicies: Value[]
  /** The API's document, once an event has opened it. */
  document: ValueMap | undefined
}

const OWNERS: ReadonlySet<unknown> = new Set(['AWS::Serverless::Function', 'AWS::Serverless::StateMachine'])

/** Adds each API event's path to its API, and makes the API for events that name none. */
export function addImplicitApi(template: ValueMap, kind: ImplicitApiKind): void {
  const resources = template['Resources'] as ValueMap
  const existing = member(resources, kind.id)
  const kept = existing === undefined ? undefined : copyOf(existing)
  const origin = samResources(template, OWNERS).find(([, owner]) => eventsOf(owner, kind).length > 0)?.[1] ?? template
  resources[kind.id] = positionedAs({ Type: kind.type, Properties: kind.properties(origin) }, origin)
  const uses = new Map<string, Uses>()
  const refusals: Refusal[] = []
  // One more resource may be another order of all.
  for (const [id, owner] of samResources(template, OWNERS)) {
    try {
      const events = eventsOf(owner, kind)
      for (const [event, node] of events) addEvent(template, owner, event, node, kind, uses)
      // AWS writes the events back.
      if (events.length > 0) madeRoom((owner['Properties'] as ValueMap)['Events'] as ValueMap, events.length)
    } catch (error) {
      if (!(error instanceof EventRefusal)) throw error
      const events = (owner['Properties'] as ValueMap)['Events']
      refusals.push(ofResource(id, error, positionOfMember(events, error.event)))
    }
  }
  inheritAttributes(template, kind.id, uses.get(kind.id))
  for (const [id, api] of samResources(template, new Set([kind.type]))) addPathConditions(template, id, api, kind, uses.get(id))
  const made = ((resources[kind.id] as ValueMap)['Properties'] as ValueMap)['DefinitionBody'] as ValueMap
  if (Object.keys(pathsOf(made)).length === 0) {
    if (kept === undefined) removeMember(resources, resources, kind.id)
    else resources[kind.id] = kept
  }
  if (refusals.length > 0) throw new DocumentRefusal(refusals)
}

function eventsOf(owner: ValueMap, { eventType }: ImplicitApiKind): [string, ValueMap][] {
  const properties = owner['Properties']
  const events = isMap(properties) ? properties['Events'] : undefined
  if (!isMap(events)) return []
  const isOurs = (node: Value): node is ValueMap => isMap(node) && node['Type'] === eventType
  // AWS puts them into a dict of their own, which has an order of its own.
  const ours = orderedEntries(events).filter((entry): entry is [string, ValueMap] => isOurs(entry[1]))
  return orderedValues(new Map(ours.map((entry) => [entry[0], entry])))
}

function addEvent(
  template: ValueMap,
  owner: ValueMap,
  event: string,
  node: ValueMap,
  kind: ImplicitApiKind,
  uses: Map<string, Uses>,
): void {
  const properties = kind.prepare(event, node)
  if (!properties) return
  shareTags(template, owner, properties, kind)
  if (!Object.hasOwn(properties, kind.apiProperty)) properties[kind.apiProperty] = { Ref: kind.id }
  const apiReference = properties[kind.apiProperty]
  const named = isMap(apiReference) && Object.hasOwn(apiReference, 'Ref') ? apiReference['Ref'] : apiReference
  expectPresent(properties['Path'], ofEvent(event), 'Path')
  expectPresent(properties['Method'], ofEvent(event), 'Method')
  const apiId = expectText(named, ofEvent(event), kind.apiProperty)
  const path = expectText(properties['Path'], ofEvent(event), 'Path')
  const method = expectText(properties['Method'], ofEvent(event), 'Method')
  const use = recordUse(uses, apiId, path, method, owner)
  const api = member(template['Resources'] as ValueMap, apiId)
  if (!isMap(api) || (api['Type'] === 'AWS::Serverless::HttpApi' && kind.type !== 'AWS::Serverless::HttpApi')) {
    throw new EventRefusal(event, `${kind.apiProperty} must be a valid reference to an '${kind.type}' resource in same template.`)
  }
  use.document ??= kind.document(api)
  if (use.document) {
    openEdit(use.document)
    addMethod(use.document, path, normalizedMethod(method), () => positionedAs({}, node))
  }
  const condition = typeof owner['Condition'] === 'string' ? owner['Condition'] : undefined
  kind.configure?.(event, properties, apiId, api, condition)
}

/** An implicit API has no place for tags: it takes those of the functions that propagate theirs. */
function shareTags(template: ValueMap, owner: ValueMap, event: ValueMap, kind: ImplicitApiKind): void {
  if (Object.hasOwn(event, kind.apiProperty)) return
  const section = String(owner['Type']).split('::')[2]!
  const globals = isMap(template['Globals']) ? template['Globals'][section] : undefined
  const own = owner['Properties'] as ValueMap
  const setting = (name: string) => (truthy(own[name]) ? own[name] : isMap(globals) ? globals[name] : undefined)
  const tags = setting('Tags')
  if (!isMap(tags) || !truthy(tags) || !truthy(setting('PropagateTags'))) return
  const properties = (member(template['Resources'] as ValueMap, kind.id) as ValueMap)['Properties'] as ValueMap
  const shared: ValueMap = isMap(properties['Tags']) ? properties['Tags'] : {}
  for (const [name, value] of Object.entries(tags)) put(shared, name, value)
  properties['Tags'] = shared
  properties['PropagateTags'] = true
}

function recordUse(uses: Map<string, Uses>, apiId: string, path: string, method: string, owner: ValueMap): Uses {
  const unused = { conditions: new Map(), deletionPolicies: [], updateReplacePolicies: [], document: undefined }
  const use: Uses = uses.get(apiId) ?? unused
  uses.set(apiId, use)
  const methods = use.conditions.get(path) ?? new Map<string, string | undefined>()
  use.conditions.set(path, methods)
  methods.set(method, typeof owner['Condition'] === 'string' ? owner['Condition'] : undefined)
  use.deletionPolicies.push(owner['DeletionPolicy'] ?? null)
  use.updateReplacePolicies.push(owner['UpdateReplacePolicy'] ?? null)
  return use
}

/** The implicit API is there when any of its functions is, and is kept as long as the most careful of them asks. */
function inheritAttributes(template: ValueMap, id: string, use: Uses | undefined): void {
  if (!use) return
  const api = (template['Resources'] as ValueMap)[id] as ValueMap
  const condition = commonCondition(template, [...use.conditions.values()], `${id}Condition`)
  if (condition !== undefined) api['Condition'] = condition
  const deletion = ['Retain', 'Delete'].find((policy) => use.deletionPolicies.includes(policy))
  if (deletion) api['DeletionPolicy'] = deletion
  const replace = ['Retain', 'Snapshot', 'Delete'].find((policy) => use.updateReplacePolicies.includes(policy))
  if (replace) api['UpdateReplacePolicy'] = replace
}

function addPathConditions(template: ValueMap, id: string, api: ValueMap, kind: ImplicitApiKind, use: Uses | undefined): void {
  const properties = api['Properties']
  if (!isMap(properties) || !truthy(properties['__MANAGE_SWAGGER'])) return
  const document = kind.editable(properties['DefinitionBody'])
  for (const path of pathsInOrder(document)) {
    const methods = use?.conditions.get(path)
    if (!methods) continue
    const name = `${id}${path.replaceAll('/', 'SLASH').replaceAll('{', 'OB').replaceAll('}', 'CB')}PathCondition`
    const condition = commonCondition(template, [methods], name)
    if (condition !== undefined) makePathConditional(pathsOf(document), path, condition, condition === name)
  }
}

/** The condition under which any of the methods exists; nothing where one exists always. Adds it where it is a combination. */
function commonCondition(
  template: ValueMap,
  methods: readonly ReadonlyMap<string, string | undefined>[],
  name: string,
): string | undefined {
  const conditions = new Set(methods.flatMap((byMethod) => [...byMethod.values()]))
  if (conditions.size === 0 || conditions.has(undefined)) return undefined
  const [only, ...others] = [...conditions] as string[]
  if (others.length === 0) return only
  if (!isMap(template['Conditions'])) template['Conditions'] = {}
  for (const [key, value] of Object.entries(combinedConditions([only!, ...others].sort(), name))) {
    put(template['Conditions'], key, value)
  }
  return name
}
