import { type StringHash, stringHash } from './string-hash.ts'

interface Slot extends StringHash {
  readonly key: string
}

/** What is left where a key was taken away: the search for another key goes past it. */
const VACATED: Slot = { key: '', low: 0, high: 0 }

const LEAST_SLOTS = 8
const LARGE = 50_000

/**
 * Where a dict of CPython 2.7 keeps its keys, which is the order in which it answers them. It depends on the keys, on the order in
 * which they came, and on what was taken away.
 */
export class KeyTable {
  #slots: (Slot | undefined)[] = new Array(LEAST_SLOTS)
  /** Keys that are there. */
  #used = 0
  /** Slots that are not empty. */
  #filled = 0

  static of(keys: readonly string[]): KeyTable {
    const table = new KeyTable()
    for (const key of keys) table.add(key)
    return table
  }

  add(key: string): void {
    this.#insert({ key, ...stringHash(key) })
  }

  delete(key: string): void {
    const index = this.#find({ key, ...stringHash(key) })
    const found = this.#slots[index]
    if (!found || found === VACATED) return
    this.#slots[index] = VACATED
    this.#used -= 1
  }

  /** Makes the room that `dict.update` makes before it adds so many keys, be they new or not. */
  makeRoomFor(count: number): void {
    if (count > 0 && (this.#filled + count) * 3 >= this.#slots.length * 2) this.#resize((this.#used + count) * 2)
  }

  keys(): string[] {
    return this.#present().map(({ key }) => key)
  }

  /** What `copy.deepcopy` makes: the keys one by one into an empty dict, in the order of this one. */
  deepCopy(): KeyTable {
    const copy = new KeyTable()
    for (const slot of this.#present()) copy.#insert(slot)
    return copy
  }

  /** What `dict.copy` makes: the same, with room made before. */
  shallowCopy(): KeyTable {
    const copy = new KeyTable()
    copy.makeRoomFor(this.#used)
    for (const slot of this.#present()) copy.#insert(slot)
    return copy
  }

  #present(): Slot[] {
    return this.#slots.filter((slot): slot is Slot => slot !== undefined && slot !== VACATED)
  }

  #insert(slot: Slot): void {
    const index = this.#find(slot)
    const found = this.#slots[index]
    if (found && found !== VACATED) return
    if (!found) this.#filled += 1
    this.#used += 1
    this.#slots[index] = slot
    if (this.#filled * 3 >= this.#slots.length * 2) this.#resize(this.#used * (this.#used > LARGE ? 2 : 4))
  }

  #resize(atLeast: number): void {
    let size = LEAST_SLOTS
    while (size <= atLeast) size *= 2
    const present = this.#present()
    this.#slots = new Array(size)
    this.#used = 0
    this.#filled = 0
    for (const slot of present) this.#insert(slot)
  }

  /** The key's slot; where it has none, the one that it would get. */
  #find({ key, low, high }: Slot): number {
    const mask = this.#slots.length - 1
    let index = low & mask
    let vacated = -1
    let walker = index
    let [perturbLow, perturbHigh] = [low, high]
    for (let slot = this.#slots[index]; slot; slot = this.#slots[index]) {
      if (slot !== VACATED && slot.key === key) return index
      if (slot === VACATED && vacated < 0) vacated = index
      walker = (walker * 5 + perturbLow + 1) >>> 0
      index = walker & mask
      perturbLow = ((perturbLow >>> 5) | (perturbHigh << 27)) >>> 0
      perturbHigh >>>= 5
    }
    return vacated < 0 ? index : vacated
  }
}
