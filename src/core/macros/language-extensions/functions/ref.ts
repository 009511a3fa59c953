import { isPseudoParameter } from '../../../template/scope.ts'
import { malformed } from '../refused.ts'
import { type EarlyFunction, type EarlyScope, known, left, nothing, type Settled } from '../settled.ts'

/** The name may itself be worked out: `Ref: {Fn::Sub: Subnet${Identifier}}`. */
export const ref: EarlyFunction = {
  name: 'Ref',

  settle(argument, scope, settle, at) {
    const name = settle(argument, scope)
    if (name.kind === 'nothing') throw malformed('Ref', at)
    if (typeof name.value === 'string') return referred(name.value, scope) ?? left({ Ref: name.value })
    return left({ Ref: name.value })
  },
}

/** What a name stands for, where that is known: an identifier of a loop, a parameter, a pseudo parameter. */
export function referred(name: string, { items, parameters, pseudo }: EarlyScope): Settled | undefined {
  if (name === 'AWS::NoValue') return nothing
  const item = items.get(name)
  if (item !== undefined) return known(item)
  const value = isPseudoParameter(name) ? pseudo[name.slice('AWS::'.length) as keyof typeof pseudo] : own(parameters, name)
  return value === undefined ? undefined : known(typeof value === 'string' ? value : [...value])
}

const own = <T>(record: Readonly<Record<string, T>>, name: string) => (Object.hasOwn(record, name) ? record[name] : undefined)
