/** Chance that a test can repeat. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const HEADER = 12

/** A question for an address, by one who knows EDNS. */
function asked(name: string): Buffer {
  const labels = name.split('.').filter((label) => label !== '')
  return Buffer.concat([
    Buffer.from([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1]),
    ...labels.map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0, 0, 1, 0, 1, 0, 0, 41, 16, 0, 0, 0, 0, 0, 0, 0]),
  ])
}

/** Packets that nobody well-meaning sends, of every kind in turn; the same seed gives the same. */
export function* hostilePackets(count: number, names: readonly string[], seed = 1): Generator<Buffer> {
  const below = chance(seed)
  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => below(256)))
  const good = () => asked(names[below(names.length)] ?? '.')
  const header = (...counts: number[]) => Buffer.from([0, 1, 1, 0, ...[0, 1, 2, 3].flatMap((at) => [0, counts[at] ?? 0])])
  const kinds: readonly (() => Buffer)[] = [
    () => bytes(below(80)),
    () => Buffer.concat([header(1), bytes(below(300))]),
    () => good().subarray(0, below(60)),
    () => {
      const packet = good()
      for (let changes = 1 + below(4); changes > 0; changes -= 1) packet[below(packet.length)] = below(256)
      return packet
    },
    // Names that point to themselves, to each other, ahead, and behind the end.
    () => Buffer.concat([header(1), Buffer.from([0xc0 | below(64), below(40), 0xc0, HEADER, 0, 1, 0, 1])]),
    () => Buffer.concat([good().subarray(0, HEADER), Buffer.from([1, 97, 0xc0, HEADER, 0, 1, 0, 1])]),
    // Counts that promise more than there is.
    () => Buffer.concat([bytes(2), Buffer.from([1, 0]), bytes(8), good().subarray(HEADER)]),
    // As long a name as there can be, and longer.
    () =>
      Buffer.concat([
        header(1),
        ...Array.from({ length: 1 + below(8) }, () => Buffer.concat([Buffer.from([63]), bytes(63)])),
        bytes(5),
      ]),
    () => Buffer.concat([good(), bytes(below(1500))]),
  ]
  for (let index = 0; index < count; index += 1) {
    // Now and then as large as packets get.
    yield index % 5_000 === 4_999
      ? Buffer.concat([header(255, 255, 255, 255), bytes(65_000)])
      : (kinds[index % kinds.length] as () => Buffer)()
  }
}
