import { stringHash } from './string-hash.ts'

const EMPTY = -1
/** What is left where a key was taken away: the search for another key goes past it. */
const VACATED = -2

const LEAST_SLOTS = 8
const LARGE = 50_000

/** Keys by number, with the two halves of their hashes. Tables that are copies of each other share them. */
class NumberedKeys {
  readonly texts: string[] = []
  readonly low: number[] = []
  readonly high: number[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(key: string): number {
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.texts.push(key) - 1
    const { low, high } = stringHash(key)
    this.low.push(low | 0)
    this.high.push(high | 0)
    this.#numbers.set(key, number)
    return number
  }
}

/**
 * Where a dict of CPython 2.7 keeps its keys, which is the order in which it answers them. It depends on the keys, on the order in
 * which they came, and on what was taken away. Small numbers in one piece of memory: a document is copied for each of its paths.
 */
export class KeyTable {
  readonly #keys: NumberedKeys
  /** The number of the key in each slot. */
  #slots = new Int32Array(LEAST_SLOTS).fill(EMPTY)
  /** Keys that are there. */
  #used = 0
  /** Slots that are not empty. */
  #filled = 0

  constructor(keys = new NumberedKeys()) {
    this.#keys = keys
  }

  static of(keys: readonly string[]): KeyTable {
    const table = new KeyTable()
    for (const key of keys) table.add(key)
    return table
  }

  get size(): number {
    return this.#used
  }

  add(key: string): void {
    const number = this.#keys.numberOf(key)
    const index = this.#find(number)
    if (this.#slots[index] !== number) this.#put(index, number)
  }

  delete(key: string): void {
    const number = this.#keys.numberOf(key)
    const index = this.#find(number)
    if (this.#slots[index] !== number) return
    this.#slots[index] = VACATED
    this.#used -= 1
  }

  /** Makes the room that `dict.update` makes before it adds so many keys, be they new or not. */
  makeRoomFor(count: number): void {
    if (count > 0 && (this.#filled + count) * 3 >= this.#slots.length * 2) this.#resize((this.#used + count) * 2)
  }

  keys(): string[] {
    const keys: string[] = []
    for (const number of this.#slots) if (number >= 0) keys.push(this.#keys.texts[number]!)
    return keys
  }

  /** Whether the keys of a copy, or of what this is a copy of, are in the same order as these. */
  hasOrderOf(other: KeyTable): boolean {
    if (this.#used !== other.#used) return false
    const [these, those] = [this.#slots, other.#slots]
    for (let at = 0, otherAt = 0; at < these.length; at += 1) {
      if (these[at]! < 0) continue
      while (those[otherAt]! < 0) otherAt += 1
      if (those[otherAt] !== these[at]) return false
      otherAt += 1
    }
    return true
  }

  /** The very same table a second time, which may become another. */
  twin(): KeyTable {
    const twin = new KeyTable(this.#keys)
    twin.#slots = this.#slots.slice()
    twin.#used = this.#used
    twin.#filled = this.#filled
    return twin
  }

  /** What `copy.deepcopy` makes: the keys one by one into an empty dict, in the order of this one. */
  deepCopy(): KeyTable {
    return new KeyTable(this.#keys).#take(this.#slots)
  }

  /** What `dict.copy` makes: the same, with room made before. */
  shallowCopy(): KeyTable {
    const copy = new KeyTable(this.#keys)
    copy.makeRoomFor(this.#used)
    return copy.#take(this.#slots)
  }

  #take(slots: Int32Array): this {
    const { low } = this.#keys
    for (let at = 0; at < slots.length; at += 1) {
      const number = slots[at]!
      if (number < 0) continue
      // Most keys get the first slot that they ask for.
      const home = low[number]! & (this.#slots.length - 1)
      this.#put(this.#slots[home] === EMPTY ? home : this.#find(number), number)
    }
    return this
  }

  #put(index: number, number: number): void {
    if (this.#slots[index] === EMPTY) this.#filled += 1
    this.#used += 1
    this.#slots[index] = number
    if (this.#filled * 3 >= this.#slots.length * 2) this.#resize(this.#used * (this.#used > LARGE ? 2 : 4))
  }

  #resize(atLeast: number): void {
    let size = LEAST_SLOTS
    while (size <= atLeast) size *= 2
    const before = this.#slots
    this.#slots = new Int32Array(size).fill(EMPTY)
    this.#used = 0
    this.#filled = 0
    this.#take(before)
  }

  /** The key's slot; where it has none, the one that it would get. */
  #find(number: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let low = this.#keys.low[number]!
    let high = this.#keys.high[number]!
    let walker = low
    let vacated = EMPTY
    for (;;) {
      const index = walker & mask
      const found = slots[index]!
      if (found === number) return index
      if (found === EMPTY) return vacated === EMPTY ? index : vacated
      if (found === VACATED && vacated === EMPTY) vacated = index
      walker = (Math.imul(walker, 5) + low + 1) | 0
      low = (low >>> 5) | (high << 27)
      high >>>= 5
    }
  }
}
