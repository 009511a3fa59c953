import { AwsError } from '../aws/aws-error.ts'
import { checkConditionNames, checkConditions } from './check-conditions.ts'
import { checkFunctions } from './check-functions.ts'
import {
  type CheckSection,
  checkMappings,
  checkOutputs,
  checkParameters,
  checkResources,
  checkSections,
} from './check-sections.ts'
import { checkSharedNames } from './check-shared-names.ts'
import { type Position, positionOfMember } from './position.ts'
import { isList, isMap, memberOf, type Value, type ValueMap } from './value.ts'

/**
 * Refuses, in AWS's words, what can be told from the template alone. A template that transforms have still to run over is checked
 * for what they cannot mend: its sections and its parameters. Check it again when they have run.
 */
export function checkTemplate(template: ValueMap): void {
  const checks: readonly CheckSection[] = needsTransform(template)
    ? [checkSections, checkParameters]
    : [
        refuseNulls,
        checkSections,
        checkParameters,
        checkMappings,
        checkResources,
        checkOutputs,
        checkConditions,
        checkFunctions,
        checkSharedNames,
        checkConditionNames,
      ]
  for (const check of checks) check(template)
}

/** Whether a transform, of the template or in the middle of it, has still to run. */
function needsTransform(template: ValueMap): boolean {
  return memberOf(template, 'Transform') !== undefined || callsTransform(memberOf(template, 'Resources') ?? null)
}

function callsTransform(value: Value): boolean {
  if (isList(value)) return value.some(callsTransform)
  return isMap(value) && (Object.hasOwn(value, 'Fn::Transform') || Object.values(value).some(callsTransform))
}

function refuseNulls(template: ValueMap) {
  const visit = (value: Value, path: string, at: Position | undefined) => {
    if (value === null)
      throw new AwsError('ValidationError', `[${path}] 'null' values are not allowed in templates`, { position: at })
    if (!isMap(value) && !isList(value)) return
    for (const [key, member] of Object.entries(value)) visit(member, `${path}/${key}`, positionOfMember(value, key))
  }
  visit(template, '', undefined)
}
