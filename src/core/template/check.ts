import { AwsError } from '../aws/aws-error.ts'
import { transformsIn } from './capabilities.ts'
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
import { isList, isMap, type Value, type ValueMap } from './value.ts'

/**
 * Refuses, in AWS's words, what can be told from the template alone. A template that transforms have still to run over is checked
 * for what they cannot mend: its sections and its parameters. Check it again when they have run.
 */
export function checkTemplate(template: ValueMap): void {
  const checks: readonly CheckSection[] =
    transformsIn(template).length > 0
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

function refuseNulls(template: ValueMap) {
  const visit = (value: Value, path: string, at: Position | undefined) => {
    if (value === null)
      throw new AwsError('ValidationError', `[${path}] 'null' values are not allowed in templates`, { position: at })
    if (!isMap(value) && !isList(value)) return
    for (const [key, member] of Object.entries(value)) visit(member, `${path}/${key}`, positionOfMember(value, key))
  }
  visit(template, '', undefined)
}
