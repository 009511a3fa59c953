import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { truthy } from '../python.ts'
import { convert, convertThroughout } from './converted.ts'

/*
 * In a template with an API, AWS goes through resources and events in the order of Python 2; in others, in the order in which they
 * were written. Which of two mistakes is told, and which of two events gets a path, depends on it.
 */

/** Remembers what of the template AWS takes for Python 2: the resources as a whole, and all that is in APIs and events. */
export function settleOrder(template: ValueMap): void {
  const resources = template['Resources'] as ValueMap
  const nodes = Object.values(resources).filter(isMap)
  if (!nodes.some(isOrHasApi) && !hasDefaultAuthorizer(template, nodes)) return
  convert(resources)
  for (const node of nodes) convertThroughout(APIS.has(node['Type']) ? node['Properties'] : eventsOf(node))
  const { Globals: globals } = template
  if (isMap(globals)) convertThroughout(globals['Api'])
}

const APIS: ReadonlySet<unknown> = new Set(['AWS::Serverless::Api', 'AWS::Serverless::HttpApi'])
const OWNERS: ReadonlySet<unknown> = new Set(['AWS::Serverless::Function', 'AWS::Serverless::StateMachine'])

function eventsOf(node: ValueMap): ValueMap | undefined {
  const { Type: type, Properties: properties } = node
  const events = OWNERS.has(type) && isMap(properties) ? properties['Events'] : undefined
  return isMap(events) ? events : undefined
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
