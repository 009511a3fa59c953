import { AwsError } from '../aws/aws-error.ts'
import { MAX_DEPTH } from './limits.ts'
import { buildList, buildMap, type ReadValue, readScalarValue } from './node-builder.ts'
import type { Position } from './position.ts'
import { readNumber } from './read-scalar.ts'

/** Reads JSON into values with positions: `JSON.parse` knows no places. */
export function parseJson(text: string, file: string | undefined): ReadValue {
  const reader = new JsonReader(text, file)
  const value = reader.readValue(0)
  reader.expectEnd()
  return value
}

const BLANK = /[ \t\r\n]*/y
const NUMBER = /-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y
const WORD = /true|false|null/y
/** Up to the closing quote, or to whatever must not stand in a string. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what JSON keeps out of strings
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y

class JsonReader {
  readonly #text: string
  readonly #file: string | undefined
  #at = 0
  /** Where the line of `#lineKnownTo` begins: places are asked for in order, so each line is counted once. */
  #line = 1
  #lineStart = 0
  #lineKnownTo = 0

  constructor(text: string, file: string | undefined) {
    this.#text = text
    this.#file = file
  }

  readValue(depth: number): ReadValue {
    this.#take(BLANK)
    if (depth > MAX_DEPTH) throw this.#notWellFormed()
    const position = this.#position()
    const next = this.#text[this.#at]
    if (next === '{') return this.#readMap(position, depth)
    if (next === '[') return this.#readList(position, depth)
    if (next === '"') return readScalarValue({ value: this.#readString() }, position)
    const number = this.#take(NUMBER)
    if (number) return readScalarValue(readNumber(number), position)
    const word = this.#take(WORD)
    if (word) return readScalarValue({ value: JSON.parse(word) as boolean | null }, position)
    throw this.#notWellFormed()
  }

  expectEnd() {
    this.#take(BLANK)
    if (this.#at < this.#text.length) throw this.#notWellFormed()
  }

  #readMap(position: Position, depth: number): ReadValue {
    const entries: (ReadValue & { key: string; keyIsText: boolean })[] = []
    const seen = new Set<string>()
    this.#readMembers('}', () => {
      const keyPosition = this.#position()
      const key = this.#text[this.#at] === '"' ? this.#readString() : undefined
      // unverified: that a repeated key is refused, as it is in YAML.
      if (key === undefined || seen.has(key)) throw this.#notWellFormed()
      seen.add(key)
      this.#expect(':')
      const value = this.readValue(depth + 1)
      entries.push({ ...value, position: value.value === null ? keyPosition : value.position, key, keyIsText: true })
    })
    return buildMap(entries, position)
  }

  #readList(position: Position, depth: number): ReadValue {
    const items: ReadValue[] = []
    this.#readMembers(']', () => {
      items.push(this.readValue(depth + 1))
    })
    return buildList(items, position)
  }

  #readMembers(close: '}' | ']', readMember: () => void) {
    this.#at++
    this.#take(BLANK)
    if (this.#text[this.#at] === close) {
      this.#at++
      return
    }
    for (;;) {
      this.#take(BLANK)
      readMember()
      this.#take(BLANK)
      if (this.#text[this.#at] === close) break
      this.#expect(',')
    }
    this.#at++
  }

  #readString(): string {
    const body = this.#take(STRING)
    if (this.#text[this.#at] !== '"') throw this.#notWellFormed()
    this.#at++
    return JSON.parse(`${body}"`) as string
  }

  #expect(character: string) {
    this.#take(BLANK)
    if (this.#text[this.#at] !== character) throw this.#notWellFormed()
    this.#at++
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }

  #position(): Position {
    for (
      let next = this.#text.indexOf('\n', this.#lineKnownTo);
      next >= 0 && next < this.#at;
      next = this.#text.indexOf('\n', next + 1)
    ) {
      this.#line++
      this.#lineStart = next + 1
    }
    this.#lineKnownTo = this.#at
    return { ...(this.#file !== undefined && { file: this.#file }), line: this.#line, column: this.#at - this.#lineStart + 1 }
  }

  /** AWS names the column after the character that does not fit. */
  #notWellFormed(): AwsError {
    const position = this.#position()
    const message = `Template format error: JSON not well-formed. (line ${position.line}, column ${position.column + 1})`
    return new AwsError('ValidationError', message, { position })
  }
}
