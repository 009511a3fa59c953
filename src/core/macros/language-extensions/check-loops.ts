import { sectionOf } from '../../template/conditions.ts'
import { positionOfMember } from '../../template/position.ts'
import { isList, isMap, type Value, type ValueMap } from '../../template/value.ts'
import { isLoop, type Loop, loopNameOf, loopOf } from './for-each.ts'
import { refused } from './refused.ts'

/** Where loops may stand. */
const LOOP_SECTIONS = ['Conditions', 'Resources', 'Outputs'] as const

/** So says the documentation of sam, which is AWS's own. */
const MAX_NESTING = 5

/**
 * Refuses loops that cannot run, before any does: those nested too deeply, and those whose names mean something else already.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function checkLoops(template: ValueMap): void {
  const parameters = new Set(Object.keys(sectionOf(template, 'Parameters')))
  const taken = new Set([...parameters, ...Object.keys(sectionOf(template, 'Resources'))])
  const loops = LOOP_SECTIONS.flatMap((section) => [...loopsIn(sectionOf(template, section), [])])
  // unverified: the wording of all three.
  for (const { name, loop, around } of loops) {
    if (around.length >= MAX_NESTING) throw refused(`Fn::ForEach cannot be nested more than ${MAX_NESTING} levels deep`, loop.at)
    if (name === '' || taken.has(name))
      throw refused(`The loop name '${name}' of Fn::ForEach is not unique within the template`, loop.at)
    taken.add(name)
  }
  for (const { loop, around } of loops) {
    const outer = around.flatMap(namesOf)
    const clash = namesOf(loop).find((identifier) => taken.has(identifier) || outer.includes(identifier))
    if (clash !== undefined) throw refused(`The identifier '${clash}' of Fn::ForEach is not unique within the template`, loop.at)
  }
}

interface FoundLoop {
  readonly name: string
  readonly loop: Loop
  readonly around: readonly Loop[]
}

function* loopsIn(node: Value, around: readonly Loop[]): Generator<FoundLoop> {
  if (!isMap(node) && !isList(node)) return
  for (const [key, member] of Object.entries(node)) {
    if (!isLoop(key)) {
      yield* loopsIn(member, around)
      continue
    }
    const loop = loopOf(member, positionOfMember(node, key))
    yield { name: loopNameOf(key), loop, around }
    yield* loopsIn(loop.fragment, [...around, loop])
  }
}

const namesOf = ({ identifiers }: Loop): readonly string[] => identifiers.filter((identifier) => typeof identifier === 'string')
