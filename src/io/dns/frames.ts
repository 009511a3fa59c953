/**
 * Takes a stream of packets apart, each with its length in two bytes before it (RFC 1035, section 4.2.2). Answers, for each piece of the
 * stream, the packets that are whole with it.
 */
export function framesOf(): (chunk: Buffer) => readonly Buffer[] {
  let waiting: Buffer[] = []
  let held = 0
  return (chunk) => {
    waiting.push(chunk)
    held += chunk.length
    // Pieces are put together only once they are enough: a packet that comes byte by byte is copied once.
    if (held < needed(waiting)) return []
    const stream = waiting.length === 1 ? chunk : Buffer.concat(waiting)
    const packets: Buffer[] = []
    let at = 0
    while (at + 2 <= stream.length && at + 2 + stream.readUInt16BE(at) <= stream.length) {
      const end = at + 2 + stream.readUInt16BE(at)
      packets.push(stream.subarray(at + 2, end))
      at = end
    }
    const rest = stream.subarray(at)
    waiting = rest.length > 0 ? [rest] : []
    held = rest.length
    return packets
  }
}

/** How many bytes the first packet takes, as far as that is known. */
function needed([first, second]: readonly Buffer[]): number {
  const [high, low] = [first?.[0], first?.[1] ?? second?.[0]]
  return high === undefined || low === undefined ? 2 : 2 + high * 256 + low
}
