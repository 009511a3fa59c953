import { sectionOf } from './conditions.ts'
import { type Position, positionOfMember } from './position.ts'
import { isList, isMap, memberOf, textOfMember, type ValueMap } from './value.ts'

export interface ParameterDeclaration {
  readonly key: string
  readonly type: string
  readonly default?: string
  readonly noEcho: boolean
  readonly description?: string
  readonly allowedValues?: readonly string[]
  readonly allowedPattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minValue?: number
  readonly maxValue?: number
  readonly constraintDescription?: string
  readonly position?: Position
}

export function declaredParameters(template: ValueMap): readonly ParameterDeclaration[] {
  const section = sectionOf(template, 'Parameters')
  return Object.entries(section).flatMap(([key, written]) => {
    const position = positionOfMember(section, key)
    return isMap(written) ? [{ ...declarationOf(key, written), ...(position && { position }) }] : []
  })
}

function declarationOf(key: string, written: ValueMap): ParameterDeclaration {
  const text = <Name extends string>(name: Name, from: string) => {
    const found = textOfMember(written, from)
    return found === undefined ? {} : ({ [name]: found } as { [key in Name]: string })
  }
  const number = <Name extends string>(name: Name, from: string) => {
    const found = Number(textOfMember(written, from) ?? Number.NaN)
    return Number.isNaN(found) ? {} : ({ [name]: found } as { [key in Name]: number })
  }
  const allowed = memberOf(written, 'AllowedValues')
  const fallback = memberOf(written, 'Default')
  return {
    key,
    type: textOfMember(written, 'Type') ?? '',
    noEcho: textOfMember(written, 'NoEcho')?.toLowerCase() === 'true',
    ...(isList(fallback)
      ? { default: fallback.map((_, index) => textOfMember(fallback, index)).join(',') }
      : text('default', 'Default')),
    ...text('description', 'Description'),
    ...(isList(allowed) && { allowedValues: allowed.map((_, index) => textOfMember(allowed, index) ?? '') }),
    ...text('allowedPattern', 'AllowedPattern'),
    ...number('minLength', 'MinLength'),
    ...number('maxLength', 'MaxLength'),
    ...number('minValue', 'MinValue'),
    ...number('maxValue', 'MaxValue'),
    ...text('constraintDescription', 'ConstraintDescription'),
  }
}
