/** A place in a text file, counted from 1. */
export interface Position {
  /** The file's name as the user wrote it, where it is known: the AWS API receives only text. */
  readonly file?: string
  readonly line: number
  readonly column: number
  /** What is written there, for a number that prints differently, such as `3.0`: where text is wanted, this is the text. */
  readonly text?: string
}

/** Where a map or list of a template stands in the text, and where each of its members does. */
export interface Positions {
  readonly self: Position
  /** By key, or by index written as decimal text. The position is that of the value; a map's key when the value is empty. */
  readonly members: Readonly<Record<string, Position>>
  /** Keys that YAML itself would not read as text, such as `200` or `on`. */
  readonly otherKeys?: readonly string[]
}

/**
 * Maps and lists of a parsed template carry their positions under this symbol. It is enumerable, so `{ ...map }` keeps it,
 * and it is a symbol, so `JSON.stringify`, `Object.keys` and `Object.entries` never see it.
 */
export const AT: unique symbol = Symbol.for('postern.template.position')

export interface Positioned {
  [AT]?: Positions
}

/** Where this map or list was written, if it came from a template's text. */
export function positionOf(node: unknown): Position | undefined {
  return positionsOf(node)?.self
}

/** Where the member `key` of this map or list was written; the map itself where the member is not known. */
export function positionOfMember(node: unknown, key: string | number): Position | undefined {
  const positions = positionsOf(node)
  const name = String(key)
  return positions && Object.hasOwn(positions.members, name) ? positions.members[name] : positions?.self
}

export function positionsOf(node: unknown): Positions | undefined {
  return typeof node === 'object' && node !== null ? (node as Positioned)[AT] : undefined
}

/** Gives `node` the positions of `origin`, for code that builds a new map or list from a written one. Answers `node`. */
export function positionedAs<T extends object>(node: T, origin: unknown): T {
  const positions = positionsOf(origin)
  if (positions) (node as Positioned)[AT] = positions
  return node
}

/** `line 12, column 5`, with the file in front where it is known. */
export function formatPosition({ file, line, column }: Position): string {
  return file ? `${file}:${line}:${column}` : `line ${line}, column ${column}`
}

/**
 * The positions of a value and of all that is in it, by JSON pointer (`''` is the value itself, `/Statement/0` a member), ready
 * to be kept in a record beside the value: symbols do not survive being stored.
 */
export type SourceMap = Readonly<Record<string, Position>>

export function sourceMapOf(value: unknown): SourceMap {
  const found: Record<string, Position> = {}
  const visit = (node: unknown, pointer: string) => {
    if (typeof node !== 'object' || node === null) return
    const positions = positionsOf(node)
    if (positions) found[pointer] ??= positions.self
    for (const [key, member] of Object.entries(node)) {
      const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
      const position = positions?.members[key]
      if (position) found[at] = position
      visit(member, at)
    }
  }
  visit(value, '')
  return found
}

/** The inverse of `sourceMapOf`: a copy of a value that was stored, with the positions it had. */
export function withSources<T>(value: T, sources: SourceMap): T {
  const children = new Map<string, Record<string, Position>>()
  for (const [pointer, position] of Object.entries(sources)) {
    const cut = pointer.lastIndexOf('/')
    if (cut < 0) continue
    const parent = pointer.slice(0, cut)
    const members = children.get(parent) ?? {}
    members[
      pointer
        .slice(cut + 1)
        .replaceAll('~1', '/')
        .replaceAll('~0', '~')
    ] = position
    children.set(parent, members)
  }
  const copy = (node: unknown, pointer: string): unknown => {
    if (typeof node !== 'object' || node === null) return node
    const step = (key: string) => `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const made = (
      Array.isArray(node)
        ? node.map((member, index) => copy(member, step(String(index))))
        : Object.fromEntries(Object.entries(node).map(([key, member]) => [key, copy(member, step(key))]))
    ) as Positioned
    const self = sources[pointer]
    if (self) made[AT] = { self, members: children.get(pointer) ?? {} }
    return made
  }
  return copy(value, '') as T
}
