import { sectionOf } from './conditions.ts'
import { declaredParameters } from './parameter-declarations.ts'
import { parameterTypeOf, splitList } from './parameter-types.ts'
import { type GivenParameter, resolveParameters } from './parameters.ts'
import { positionedAs } from './position.ts'
import { isMap, memberOf, type Value, type ValueMap } from './value.ts'

/**
 * The values that a transform is handed before anything is deployed: the given ones, checked as a deployment checks them, and the
 * defaults of lists, as lists. Parameters without a value are left out, and the name of a Systems Manager parameter stays a name.
 *
 * @throws AwsError in AWS's words
 */
export function givenValues(template: ValueMap, given: readonly GivenParameter[]): Record<string, Value> {
  const section = sectionOf(template, 'Parameters')
  const values: Record<string, Value> = {}
  for (const { key, type, default: written } of declaredParameters(template))
    if (parameterTypeOf(type)?.kind === 'CommaDelimitedList' && written !== undefined) values[key] = [...splitList(written)]
  const declared: ValueMap = {}
  for (const { key } of given) {
    const declaration = memberOf(section, key)
    if (isMap(declaration)) declared[key] = declaration
  }
  positionedAs(declared, section)
  const checked = resolveParameters({ ...template, Parameters: declared }, given, {}, { ssm: (name) => name })
  return { ...values, ...(checked.values as Record<string, Value>) }
}
