import { isList, isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { member } from '../copy.ts'
import type { GeneratedResource } from '../generated-resource.ts'
import { referredId } from '../intrinsics.ts'

/**
 * Who waits for whom among the resources that are written already. Connectors come last, so that all others are there when the
 * first of them asks; only then is it looked who waits for what.
 */
export interface Dependencies {
  /** Makes a resource wait for another as well. */
  readonly add: (id: string, dependency: string) => void
  /** Lets all that waited for a connector wait for what was made of it. */
  readonly replace: (connector: string, made: readonly GeneratedResource[]) => void
  /** The one event source mapping between two resources, if there is one and only one. */
  readonly mappingBetween: (source: string, target: string) => string | undefined
}

/** Those of the resources of a template; changes are written into them. */
export function dependencies(resources: ValueMap): Dependencies {
  let links: Links | undefined
  const known = () => {
    links ??= linksIn(resources)
    return links
  }
  const resourceOf = (id: string) => {
    const resource = member(resources, id)
    return isMap(resource) ? resource : undefined
  }
  return {
    add(id, dependency) {
      const resource = resourceOf(id)
      if (resource) resource['DependsOn'] = extended(dependenciesOf(resource), [dependency])
    },
    replace(connector, made) {
      const { waiting } = known()
      const ids = made.map(({ id }) => id)
      for (const id of waiting.get(connector) ?? []) {
        const resource = resourceOf(id)
        if (resource) replaceIn(resource, connector, ids)
      }
      for (const { id, dependsOn } of made) note(waiting, id, dependsOn)
    },
    mappingBetween(source, target) {
      const found = known().mappings.get(pairOf(source, target)) ?? []
      return found.length === 1 ? found[0] : undefined
    },
  }
}

interface Links {
  /** The resources that wait for each. */
  readonly waiting: Map<string, Set<string>>
  /** Event source mappings by source and function. */
  readonly mappings: Map<string, string[]>
}

function linksIn(resources: ValueMap): Links {
  const waiting = new Map<string, Set<string>>()
  const mappings = new Map<string, string[]>()
  for (const [id, resource] of Object.entries(resources)) {
    if (!isMap(resource)) continue
    note(waiting, id, resource['DependsOn'])
    const { Type: type, Properties: properties } = resource
    if (type !== 'AWS::Lambda::EventSourceMapping' || !isMap(properties)) continue
    const source = referredId(properties['EventSourceArn'])
    const target = referredId(properties['FunctionName'])
    if (source === undefined || target === undefined) continue
    const pair = pairOf(source, target)
    const ids = mappings.get(pair)
    if (ids) ids.push(id)
    else mappings.set(pair, [id])
  }
  return { waiting, mappings }
}

function note(waiting: Map<string, Set<string>>, id: string, dependsOn: Value | undefined): void {
  for (const dependency of isList(dependsOn) ? dependsOn : [dependsOn]) {
    if (typeof dependency !== 'string') continue
    const ids = waiting.get(dependency) ?? new Set()
    waiting.set(dependency, ids.add(id))
  }
}

const pairOf = (source: string, target: string) => JSON.stringify([source, target])

/**
 * The written list loses the connector's id itself, as with AWS. The resources of a connector with several destinations share the
 * list that they wait for, so that only the first of them gets the replacement.
 */
function replaceIn(resource: ValueMap, connector: string, replacement: readonly string[]): void {
  const list = dependenciesOf(resource)
  const index = list.indexOf(connector)
  if (index < 0) return
  list.splice(index, 1)
  resource['DependsOn'] = extended(list, replacement)
}

function dependenciesOf({ DependsOn: dependsOn }: ValueMap): ValueList {
  if (isList(dependsOn)) return dependsOn
  return dependsOn === undefined ? [] : [dependsOn]
}

function extended(list: ValueList, more: readonly string[]): ValueList {
  return [...list, ...more.filter((id) => !list.includes(id))]
}
