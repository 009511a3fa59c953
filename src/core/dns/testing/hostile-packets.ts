/** Chance that a test can repeat. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

type Bytes = readonly number[]

/** A question for an address, by one who knows EDNS. */
function asked(name: string): Bytes {
  const labels = name.split('.').filter((label) => label !== '')
  return [
    ...[0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1],
    ...labels.flatMap((label) => [label.length, ...[...label].map((letter) => letter.charCodeAt(0))]),
    ...[0, 0, 1, 0, 1, 0, 0, 41, 16, 0, 0, 0, 0, 0, 0, 0],
  ]
}

const HEADER = 12
const header = (questions: number, others = 0): Bytes => [0, 1, 1, 0, 0, questions, 0, others, 0, others, 0, others]

/** Packets that nobody well-meaning sends, of every kind in turn; the same seed gives the same. */
export function* hostilePackets(count: number, names: readonly string[], seed = 1): Generator<Uint8Array> {
  const below = chance(seed)
  const bytes = (length: number): Bytes => Array.from({ length }, () => below(256))
  const good = () => asked(names[below(names.length)] ?? '.')
  const label = (): Bytes => [63, ...bytes(63)]
  const kinds: readonly (() => Bytes)[] = [
    () => bytes(below(80)),
    () => [...header(1), ...bytes(below(300))],
    () => good().slice(0, below(60)),
    () => {
      const packet = [...good()]
      for (let changes = 1 + below(4); changes > 0; changes -= 1) packet[below(packet.length)] = below(256)
      return packet
    },
    // Names that point to themselves, to each other, ahead, and behind the end.
    () => [...header(1), 0xc0 | below(64), below(40), 0xc0, HEADER, 0, 1, 0, 1],
    () => [...header(1), 1, 97, 0xc0, HEADER, 0, 1, 0, 1],
    // Counts that promise more than there is.
    () => [...bytes(2), 1, 0, ...bytes(8), ...good().slice(HEADER)],
    // As long a name as there can be, and longer.
    () => [...header(1), ...Array.from({ length: 1 + below(8) }, label).flat(), ...bytes(5)],
    () => [...good(), ...bytes(below(1500))],
  ]
  for (let index = 0; index < count; index += 1) {
    const kind = kinds[index % kinds.length]
    // Now and then as large as packets get.
    yield Uint8Array.from(index % 5_000 === 4_999 || !kind ? [...header(255, 255), ...bytes(65_000)] : kind())
  }
}
