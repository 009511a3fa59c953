import { positionOf, positionOfMember } from '../template/position.ts'
import { isList, isMap, type Value, type ValueMap } from '../template/value.ts'
import type { Place } from './place.ts'

/** A policy as a template writes it, taken apart without asking whether it is right. */
export interface PolicyView {
  readonly document: ValueMap
  readonly place: Place
  readonly statements: readonly StatementView[]
}

export interface StatementView {
  readonly place: Place
  readonly effect: 'Allow' | 'Deny'
  /** `*`, or the AWS principals; nothing where it names others, or none. */
  readonly principals: '*' | readonly Value[] | undefined
  /** What it speaks of; `*` where it names none, or says what it does not speak of. */
  readonly resources: readonly Value[]
  readonly conditions: readonly ConditionView[]
}

export interface ConditionView {
  readonly operator: string
  /** In lower case, as keys compare. */
  readonly key: string
  readonly values: readonly Value[]
  readonly place: Place
}

/** Nothing where the policy is no map, such as the result of a function. */
export function policyView(document: Value | undefined, place: Place): PolicyView | undefined {
  if (!isMap(document) || document['Statement'] === undefined) return undefined
  const written = document['Statement']
  const statements = listOf(written).flatMap((statement, index) => {
    if (!isMap(statement)) return []
    const path = `${place.path}.Statement${isList(written) ? `[${index}]` : ''}`
    return [statementView(statement, { ...place, path, position: positionOf(statement) ?? place.position })]
  })
  return { document, place, statements }
}

function statementView(statement: ValueMap, place: Place): StatementView {
  return {
    place,
    effect: statement['Effect'] === 'Deny' ? 'Deny' : 'Allow',
    principals: principalsOf(statement['Principal']),
    resources: listOf(statement['Resource'] ?? '*'),
    conditions: conditionsOf(statement['Condition'], place),
  }
}

function principalsOf(written: Value | undefined): StatementView['principals'] {
  if (written === '*') return '*'
  const names = isMap(written) ? listOf(written['AWS'] ?? []) : []
  if (names.includes('*')) return '*'
  return names.length > 0 ? names : undefined
}

function conditionsOf(written: Value | undefined, place: Place): ConditionView[] {
  if (!isMap(written)) return []
  return Object.entries(written).flatMap(([operator, keys]) =>
    Object.entries(isMap(keys) ? keys : {}).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: listOf(values),
      place: {
        ...place,
        path: `${place.path}.Condition.${operator}.${key}`,
        position: positionOfMember(keys, key) ?? place.position,
      },
    })),
  )
}

export function listOf(value: Value): readonly Value[] {
  return isList(value) ? value : [value]
}
