import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { truthy } from '../python.ts'
import { historyOf } from './history.ts'
import { keyOrder, writtenKeys } from './key-order.ts'

/*
 * In a template with an API, AWS goes through resources and events in the order of Python 2; in others, in the order in which they
 * were written. Which of two mistakes is told, and which of two events gets a path, depends on it.
 */

const PYTHON_2: unique symbol = Symbol('postern.sam.python-2')

interface Ordered {
  [PYTHON_2]?: true
}

/** Remembers on the template's resources, events and authorizers of HTTP APIs in which order AWS goes through them. */
export function settleOrder(template: ValueMap): void {
  const resources = template['Resources'] as ValueMap
  const nodes = Object.values(resources).filter(isMap)
  if (!nodes.some(isOrHasApi) && !hasDefaultAuthorizer(template, nodes)) return
  for (const map of [resources, ...nodes.map(eventsOf), ...nodes.map(authorizersOf)]) if (map) (map as Ordered)[PYTHON_2] = true
}

/** The members of such a map in AWS's order. */
export function orderedEntries(map: ValueMap): [key: string, value: Value][] {
  const keys = (map as Ordered)[PYTHON_2] ? keyOrder(map, historyOf(map), 0).map(([key]) => key) : writtenKeys(map)
  return keys.map((key) => [key, map[key]!])
}

const OWNERS: ReadonlySet<unknown> = new Set(['AWS::Serverless::Function', 'AWS::Serverless::StateMachine'])

function eventsOf(node: ValueMap): ValueMap | undefined {
  const { Type: type, Properties: properties } = node
  const events = OWNERS.has(type) && isMap(properties) ? properties['Events'] : undefined
  return isMap(events) ? events : undefined
}

function authorizersOf({ Type: type, Properties: properties }: ValueMap): ValueMap | undefined {
  const auth = type === 'AWS::Serverless::HttpApi' && isMap(properties) ? properties['Auth'] : undefined
  const authorizers = isMap(auth) ? auth['Authorizers'] : undefined
  return isMap(authorizers) ? authorizers : undefined
}

function isOrHasApi(node: ValueMap): boolean {
  return node['Type'] === 'AWS::Serverless::Api' || hasEvent(node, 'Api')
}

function hasEvent(node: ValueMap, type: string): boolean {
  return Object.values(eventsOf(node) ?? {}).some((event) => isMap(event) && event['Type'] === type)
}

/** An HTTP API with a default authorizer counts as an API too. */
function hasDefaultAuthorizer({ Globals: globals }: ValueMap, nodes: readonly ValueMap[]): boolean {
  const section = isMap(globals) ? globals['HttpApi'] : undefined
  const globally = isMap(section) && names(section['Auth'])
  return nodes.some((node) => {
    if (node['Type'] === 'AWS::Serverless::HttpApi') {
      return globally || (isMap(node['Properties']) && names(node['Properties']['Auth']))
    }
    return globally && node['Type'] === 'AWS::Serverless::Function' && hasEvent(node, 'HttpApi')
  })
}

function names(auth: Value | undefined): boolean {
  return isMap(auth) && truthy(auth['DefaultAuthorizer'])
}
