import { AwsError } from '../aws/aws-error.ts'
import { checkCalls } from './check-functions.ts'
import { checkCondition } from './condition-functions.ts'
import { sectionOf, unresolvedInConditions } from './conditions.ts'
import { unresolvedCondition } from './intrinsics/if.ts'
import { callIn } from './intrinsics/registry.ts'
import { type Position, positionOf, positionOfMember } from './position.ts'
import { type FoundReference, referencesIn } from './references.ts'
import { isList, isMap, memberOf, type Value, type ValueMap } from './value.ts'

/** The `Conditions` section: made of condition functions over parameters and mappings. */
export function checkConditions(template: ValueMap) {
  const conditions = sectionOf(template, 'Conditions')
  const references: FoundReference[] = []
  for (const [name, condition] of Object.entries(conditions)) {
    const visit = {
      named: (mentioned: string, at: Position | undefined) => requireCondition(conditions, mentioned, 'Condition', at),
      value: (value: Value) => {
        checkCalls(value)
        references.push(...referencesIn(value))
      },
    }
    checkCondition(condition, 'Conditions', visit, positionOfMember(conditions, name))
  }
  const parameters = sectionOf(template, 'Parameters')
  const unresolved = references.filter(
    ({ logicalId, attribute }) => attribute !== undefined || !Object.hasOwn(parameters, logicalId),
  )
  if (unresolved.length > 0)
    throw new AwsError('ValidationError', unresolvedInConditions([...new Set(unresolved.map(({ logicalId }) => logicalId))]), {
      position: unresolved[0]?.at,
    })
}

/** Every condition that a resource, an output or `Fn::If` names is in the template. */
export function checkConditionNames(template: ValueMap) {
  const conditions = sectionOf(template, 'Conditions')
  for (const section of ['Resources', 'Outputs']) {
    for (const member of Object.values(sectionOf(template, section))) {
      if (!isMap(member)) continue
      const condition = memberOf(member, 'Condition')
      // unverified: the wording for a condition of a whole resource or output.
      if (condition !== undefined)
        requireCondition(conditions, String(condition), 'Condition', positionOfMember(member, 'Condition'))
      checkBranches(member, conditions)
    }
  }
}

function checkBranches(value: Value, conditions: ValueMap) {
  const call = callIn(value)
  const condition = call?.intrinsic.condition?.(call.argument)
  if (condition !== undefined) requireCondition(conditions, condition, 'Fn::If', positionOf(value))
  if (isList(value) || isMap(value)) for (const member of Object.values(value)) checkBranches(member, conditions)
}

function requireCondition(conditions: ValueMap, name: string, where: string, at: Position | undefined) {
  if (!Object.hasOwn(conditions, name)) throw unresolvedCondition(name, where, at)
}
