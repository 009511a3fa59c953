import { AwsError } from '../aws/aws-error.ts'
import { conditionTruth } from './condition-functions.ts'
import { conditionOrder } from './condition-order.ts'
import { evaluate } from './evaluate.ts'
import { unresolvedCondition } from './intrinsics/if.ts'
import { type Position, positionOf } from './position.ts'
import type { EvaluationScope, PseudoParameters } from './scope.ts'
import { isMap, memberOf, type Value, type ValueMap } from './value.ts'

/** Every condition of the template, by name. Conditions may use each other, but not in a circle, and never resources. */
export function evaluateConditions(
  template: ValueMap,
  parameters: EvaluationScope['parameters'],
  pseudo: PseudoParameters,
): Record<string, boolean> {
  const section = sectionOf(template, 'Conditions')
  const scope = scopeOfParameters(template, parameters, pseudo)
  const truths = new Map<string, boolean>()
  const named = (name: string, at: Position | undefined): boolean => {
    const truth = truths.get(name)
    if (truth === undefined) throw unresolvedCondition(name, 'Condition', at)
    return truth
  }
  const names = Object.keys(section)
  for (const name of conditionOrder(section, names))
    truths.set(name, conditionTruth(memberOf(section, name) ?? null, { named, value: (value) => valueIn(value, scope) }))
  return Object.fromEntries(names.map((name) => [name, named(name, positionOf(section))]))
}

/** What is known before there is any resource: parameters, mappings and pseudo parameters. */
export function scopeOfParameters(
  template: ValueMap,
  parameters: EvaluationScope['parameters'],
  pseudo: PseudoParameters,
): EvaluationScope {
  return {
    parameters,
    pseudo,
    mappings: sectionOf(template, 'Mappings'),
    conditions: {},
    resource: (logicalId) => {
      throw new AwsError('ValidationError', unresolvedInConditions([logicalId]))
    },
    importValue: (name) => {
      throw new AwsError('ValidationError', `Template error: Cannot use Fn::ImportValue in Conditions (${name})`)
    },
    availabilityZones: () => [],
  }
}

export function unresolvedInConditions(logicalIds: readonly string[]): string {
  return `Template format error: Unresolved dependencies [${logicalIds.join(', ')}]. Cannot reference resources in the Conditions block of the template`
}

/** A section of the template; empty where the template has none. */
export function sectionOf(template: ValueMap, name: string): ValueMap {
  const section = memberOf(template, name)
  return isMap(section) ? section : {}
}

export function valueIn(value: Value, scope: EvaluationScope): Value | undefined {
  const evaluated = evaluate(value, scope)
  return evaluated.kind === 'value' ? evaluated.value : undefined
}
