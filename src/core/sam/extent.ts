import { MAX_DEPTH } from '../template/limits.ts'
import { isList, isMap, type Value, type ValueMap } from '../template/value.ts'
import { invalidDocument } from './refusal.ts'

/*
 * How large a template may become. A few words can stand for more than any machine holds: Globals of many resources, a list that
 * a parameter has and everything refers to, one resource policy for thousands of paths. AWS has no text for it; the limits are ours,
 * far beyond any stack that could be deployed.
 */

/** Characters, more or less as JSON counts them, that a transform may add to what is written. */
const MAX_CHARACTERS = 50_000_000
/** Maps and lists inside each other: a text has `MAX_DEPTH` at most, and a macro may have put one part into another. */
const MAX_NESTED = 2 * MAX_DEPTH

/** The characters of a value, roughly; anything above `most` where there are more than that. */
export function sizeOf(value: Value, most = Number.POSITIVE_INFINITY): number {
  if (typeof value === 'string') return value.length + 2
  let size = 2
  if (isList(value)) {
    for (const member of value) {
      size += 1 + sizeOf(member, most - size)
      if (size > most) return size
    }
  } else if (isMap(value)) {
    for (const key of Object.keys(value)) {
      size += key.length + 4 + sizeOf(value[key]!, most - size)
      if (size > most) return size
    }
  }
  return size
}

/** Counts what a transform writes; refuses the document once it is too much. */
export type Spend = (value: Value, times?: number) => void

export function allowance(): Spend {
  let left = MAX_CHARACTERS
  return (value, times = 1) => {
    left -= times * sizeOf(value, left / times)
    if (left >= 0) return
    throw invalidDocument(`the template comes to more than ${MAX_CHARACTERS} characters once everything in it is written out`)
  }
}

/** Refuses a template that is nested too deep for what follows, or that comes to too much with its Globals written out. */
export function checkExtent(template: ValueMap, spend: Spend): void {
  if (isTooDeep(template, MAX_NESTED)) throw invalidDocument(`there are more than ${MAX_NESTED} maps and lists inside each other`)
  spend(template)
  const { Globals: globals, Resources: resources } = template
  if (isMap(globals)) spend(globals, isMap(resources) ? Object.keys(resources).length : 1)
}

function isTooDeep(value: Value, levels: number): boolean {
  if (!isList(value) && !isMap(value)) return false
  return levels === 0 || Object.values(value).some((member) => isTooDeep(member as Value, levels - 1))
}
