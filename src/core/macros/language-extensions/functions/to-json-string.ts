import { functionNameOf } from '../../../template/intrinsics/registry.ts'
import type { Position } from '../../../template/position.ts'
import { isList, isMap, textOfMember, type Value, type ValueList, type ValueMap } from '../../../template/value.ts'
import { malformed, refused } from '../refused.ts'
import { type EarlyFunction, type EarlyScope, known, left } from '../settled.ts'

const NAME = 'Fn::ToJsonString'

/**
 * JSON without blanks. What only the stack knows becomes part of it as text, so it has to be text.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ToJsonString.html
 */
export const toJsonString: EarlyFunction = {
  name: NAME,

  settle(argument, scope, settle, at) {
    if (!isList(argument) && !isMap(argument)) throw malformed(NAME, at)
    refuseConditions(argument, scope, at)
    const settled = settle(argument, scope)
    if (settled.kind === 'nothing' || typeof settled.value !== 'object' || functionNameOf(settled.value) !== undefined)
      throw malformed(NAME, at)
    const pieces = joined(piecesOf(settled.value, at))
    scope.budget.spend(pieces.reduce<number>((length, piece) => length + (typeof piece === 'string' ? piece.length : 1), 1))
    const [only = '', ...more] = pieces
    return more.length === 0 && typeof only === 'string' ? known(only) : left({ 'Fn::Join': ['', pieces] })
  },
}

const CONDITIONS = new Set(['Fn::And', 'Fn::Or', 'Fn::Not', 'Fn::Equals', 'Condition'])

/** Any map whose only member is called `Condition` counts as one: https://github.com/aws-cloudformation/cfn-language-discussion/issues/156 */
function refuseConditions(value: Value, scope: EarlyScope, at: Position | undefined): void {
  const [name = '', ...more] = isMap(value) ? Object.keys(value) : []
  if (more.length === 0 && CONDITIONS.has(name))
    throw refused(`${NAME} does not support ${name} intrinsic function for resource ${scope.within.name}`, at)
  if (isMap(value) && more.length === 0 && value['Ref'] === 'AWS::NotificationARNs')
    // unverified: the wording, modelled on the other.
    throw refused(`${NAME} does not support AWS::NotificationARNs pseudo parameter for resource ${scope.within.name}`, at)
  if (isMap(value) || isList(value)) for (const member of Object.values(value)) refuseConditions(member, scope, at)
}

/** Functions whose value is a list: no text to put between quotation marks. */
const LISTS = new Set(['Fn::Split', 'Fn::Cidr', 'Fn::GetAZs'])

function piecesOf(value: Value, at: Position | undefined): ValueList {
  const name = functionNameOf(value)
  if (name !== undefined) {
    if (LISTS.has(name)) throw refused(`Unable to resolve ${name} intrinsic function`, at)
    return ['"', value, '"']
  }
  if (isList(value)) return ['[', ...separated(value.map((item, index) => memberPieces(value, index, item, at))), ']']
  if (!isMap(value)) return [JSON.stringify(value)]
  const members = Object.entries(value).map(([key, member]) => [
    `${JSON.stringify(key)}:`,
    ...memberPieces(value, key, member, at),
  ])
  return ['{', ...separated(members), '}']
}

/** Numbers are as they are written. */
function memberPieces(parent: ValueMap | ValueList, key: string | number, member: Value, at: Position | undefined): ValueList {
  const written = typeof member === 'number' ? textOfMember(parent, key) : undefined
  return written !== undefined && JSON_NUMBER.test(written) ? [written] : piecesOf(member, at)
}

const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/

const separated = (members: readonly ValueList[]): ValueList =>
  members.flatMap((member, index) => (index === 0 ? member : [',', ...member]))

/** Texts beside each other are one. */
function joined(pieces: ValueList): ValueList {
  const result: ValueList = []
  let text: string[] = []
  const close = () => {
    if (text.length > 0) result.push(text.join(''))
    text = []
  }
  for (const piece of pieces) {
    if (typeof piece === 'string') text.push(piece)
    else {
      close()
      result.push(piece)
    }
  }
  close()
  return result
}
