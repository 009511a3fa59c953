import { AwsError } from '../aws/aws-error.ts'
import { type Position, positionedAs, positionOf, positionOfMember } from './position.ts'
import { isList, isMap, memberOf, type Value, type ValueMap } from './value.ts'

/** A template asks for a macro: by name alone, or with parameters. */
export interface MacroCall {
  readonly name: string
  readonly parameters: ValueMap
  readonly at: Position | undefined
}

/** The macros that the template as a whole goes through, in their order. */
export function declaredMacros(template: ValueMap): readonly MacroCall[] {
  const written = memberOf(template, 'Transform')
  return written === undefined ? [] : macroCallsOf(written, positionOfMember(template, 'Transform'))
}

/** The macros in the middle of the template, in the order in which they run: what is deeper runs before what is around it. */
export function embeddedMacros(template: ValueMap): readonly MacroCall[] {
  const calls: MacroCall[] = []
  replaceEmbedded(template, (call, siblings) => {
    calls.push(call)
    return siblings
  })
  return calls
}

/** Sections in which `Fn::Transform` is no function. */
const WITHOUT_CALLS = new Set(['AWSTemplateFormatVersion', 'Parameters', 'Transform'])

/** What a macro makes of the members beside it; nothing where the call is to stay. */
export type RunEmbedded = (call: MacroCall, siblings: ValueMap) => ValueMap | undefined

/** Puts what `run` makes of a macro's siblings into the place of the map that calls it, everywhere in the template. */
export function replaceEmbedded(template: ValueMap, run: RunEmbedded): ValueMap {
  const visit = (node: Value): Value => {
    if (isList(node)) {
      const items = node.map(visit)
      return items.some((item, index) => item !== node[index]) ? positionedAs(items, node) : node
    }
    return isMap(node) ? visitMap(node) : node
  }
  const visitMap = (map: ValueMap): ValueMap => {
    const { 'Fn::Transform': called, ...siblings } = map
    let changed = called !== undefined
    for (const [key, member] of Object.entries(siblings)) {
      const replaced = visit(member)
      changed ||= replaced !== member
      siblings[key] = replaced
    }
    if (!changed) return map
    const calls = called === undefined ? [] : macroCallsOf(called, positionOfMember(map, 'Fn::Transform'))
    const made = calls.reduce<ValueMap | undefined>((before, call) => before && run(call, before), siblings)
    return made ?? { ...map, ...siblings }
  }
  const result: ValueMap = { ...template }
  for (const [section, member] of Object.entries(template)) if (!WITHOUT_CALLS.has(section)) result[section] = visit(member)
  return result
}

/** One macro, or a list of them. */
function macroCallsOf(written: Value, at: Position | undefined): readonly MacroCall[] {
  if (isList(written)) return written.flatMap((item, index) => macroCallsOf(item, positionOfMember(written, index)))
  const name = isMap(written) ? memberOf(written, 'Name') : written
  const parameters = (isMap(written) ? memberOf(written, 'Parameters') : undefined) ?? {}
  if (typeof name !== 'string' || !isMap(parameters))
    // unverified: the wording.
    throw new AwsError(
      'ValidationError',
      'Template format error: Every transform must be a name, or an object with a Name and Parameters',
      {
        position: at,
      },
    )
  return [{ name, parameters, at: positionOf(written) ?? at }]
}
