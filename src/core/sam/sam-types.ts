import { isMap, type ValueMap } from '../template/value.ts'
import { truthy } from './python.ts'
import { orderedEntries } from './python2/ordered-entries.ts'
import { invalidDocument } from './refusal.ts'

/** The types that Globals and the checks of a template's structure look at. Connectors and GraphQL APIs are not among them. */
const WITH_GLOBALS: ReadonlySet<unknown> = new Set(
  [
    'Api',
    'Application',
    'CapacityProvider',
    'Function',
    'HttpApi',
    'LayerVersion',
    'SimpleTable',
    'StateMachine',
    'WebSocketApi',
  ].map((name) => `AWS::Serverless::${name}`),
)

/** The template's SAM resources, or those of some types only. */
export function samResources(template: ValueMap, types: ReadonlySet<unknown> = WITH_GLOBALS): [id: string, node: ValueMap][] {
  return orderedEntries(template['Resources'] as ValueMap).filter((entry): entry is [string, ValueMap] => {
    const [, node] = entry
    if (!isMap(node)) return false
    if (truthy(node['Condition']) && typeof node['Condition'] !== 'string') {
      throw invalidDocument('Every Condition member must be a string.')
    }
    return WITH_GLOBALS.has(node['Type']) && types.has(node['Type'])
  })
}
