import { isMap, type Value, type ValueMap } from '../template/value.ts'
import { sharedUsagePlan } from './api/shared-usage-plan.ts'
import { appendOnce } from './append-once.ts'
import { applications } from './applications.ts'
import { partitionOf } from './arn.ts'
import { dependencies } from './connectors/dependencies.ts'
import { targetRoles } from './connectors/target-roles.ts'
import { copyOf, member, put } from './copy.ts'
import type { Spend } from './extent.ts'
import type { KnownValues } from './known-values.ts'
import { str, truthy } from './python.ts'
import { definitionText } from './python2/definition-text.ts'
import { orderedEntries } from './python2/ordered-entries.ts'
import type { TransformContext } from './transform-context.ts'
import type { Transformation } from './transformation.ts'

/** What the resources of `working` share while they are transformed into `output`. */
export function beginTransformation(
  working: ValueMap,
  output: ValueMap,
  { resolve, resolveMappings }: KnownValues,
  spend: Spend,
  context: TransformContext,
): Transformation {
  const resources = working['Resources'] as ValueMap
  return {
    region: context.region,
    partition: partitionOf(context.region),
    resources,
    get conditions() {
      return isMap(output['Conditions']) ? output['Conditions'] : undefined
    },
    addConditions(conditions) {
      if (!isMap(output['Conditions'])) output['Conditions'] = {}
      for (const [name, condition] of Object.entries(conditions)) put(output['Conditions'], name, condition)
    },
    resolve,
    resolveOnce: once(resolve),
    resolveMappings,
    functionNames: functionNames(resources, resolve),
    sharedUsagePlan: sharedUsagePlan(),
    checked: new WeakSet(),
    appendOnce: appendOnce(),
    spend,
    recordSetGroups: new Map(),
    deploymentPreferences: [],
    applications: applications(context),
    passConditionToDeployments: context.features ?? false,
    normalizeOpenApiVersion: context.features ?? false,
    always: String(context.time ?? 0),
    resourceInOutput(id) {
      const found = member(output['Resources'] as ValueMap, id)
      return isMap(found) ? found : undefined
    },
    dependencies: dependencies(output['Resources'] as ValueMap),
    targetRoles: targetRoles(),
  }
}

/** Remembers what became of each map. */
function once(change: (value: Value) => Value): (value: Value) => Value {
  const done = new WeakMap<ValueMap, Value>()
  return (value) => {
    if (!isMap(value)) return change(value)
    const known = done.get(value) ?? change(value)
    done.set(value, known)
    return known
  }
}

/** The names of the functions with an event on each API that the event names. */
function functionNames(resources: ValueMap, resolve: (value: Value) => Value): Map<string, string[]> {
  const names = new Map<string, string[]>()
  for (const [, node] of orderedEntries(resources)) {
    const properties = isMap(node) && node['Type'] === 'AWS::Serverless::Function' ? node['Properties'] : undefined
    const apis = isMap(properties) && isMap(properties['Events']) ? apisNamedBy(properties['Events']) : []
    if (!isMap(properties) || apis.length === 0) continue
    const name = resolve(copyOf(properties['FunctionName'] ?? null))
    if (!truthy(name)) continue
    const text = isMap(name) ? definitionText(name) : str(name)
    for (const api of apis) {
      const known = names.get(api)
      if (known) known.push(text)
      else names.set(api, [text])
    }
  }
  return names
}

function apisNamedBy(events: ValueMap): string[] {
  return orderedEntries(events).flatMap(([, event]) => {
    const settings = isMap(event) && event['Type'] === 'Api' ? event['Properties'] : undefined
    const reference = isMap(settings) ? settings['RestApiId'] : undefined
    const api = isMap(reference) && Object.hasOwn(reference, 'Ref') ? reference['Ref'] : reference
    return typeof api === 'string' && api !== '' ? [api] : []
  })
}
