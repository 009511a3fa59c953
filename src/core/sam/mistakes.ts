import { type Position, positionOfMember } from '../template/position.ts'
import { isList, isMap, type Value } from '../template/value.ts'

/** One thing wrong with a value, in the words of AWS's schema checker. */
export interface Mistake {
  readonly path: readonly (string | number)[]
  readonly text: string
  readonly type: string
}

const KINDS: Readonly<Record<string, string>> = {
  'type_error.dict': 'dictionary',
  'type_error.integer': 'integer',
  'type_error.float': 'number',
  'type_error.list': 'list',
}

/** All mistakes as AWS words them for a whole resource, one sentence for each place. */
export function sentences(mistakes: readonly Mistake[]): string {
  const places = new Map<string, Mistake[]>()
  for (const mistake of mistakes) {
    const path = mistake.path.join('.')
    places.set(path, [...(places.get(path) ?? []), mistake])
  }
  return [...places].map(([path, all]) => `Property '${path}' ${sentence(all)}.`).join(' ')
}

function sentence(mistakes: readonly Mistake[]): string {
  const wanted = new Set(mistakes.flatMap(({ type }) => KINDS[type] ?? []))
  if (wanted.size > 1) return `value must be ${[...wanted].join(' or ')}`
  const { text: words, type } = mistakes[0]!
  if (type === 'value_error.missing') return 'is required'
  if (type === 'value_error.extra') return 'is an invalid property'
  return words.toLowerCase()
}

/** All mistakes as the schema checker itself lists them. */
export function listing(name: string, mistakes: readonly Mistake[]): string {
  const count = `${mistakes.length} validation error${mistakes.length === 1 ? '' : 's'} for ${name}`
  return [count, ...mistakes.map(({ path, text: words, type }) => `${path.join(' -> ')}\n  ${words} (type=${type})`)].join('\n')
}

/** Where the mistake stands in the value that was read: the place of what is wrong, or of what something is missing from. */
export function placeOf(read: Value, { path }: Mistake): Position | undefined {
  let holder = read
  for (const name of path.slice(0, -1)) {
    const inside: Value | undefined = isMap(holder) ? holder[name] : isList(holder) ? holder[Number(name)] : undefined
    if (inside === undefined) break
    holder = inside
  }
  return positionOfMember(holder, path.at(-1) ?? '')
}
