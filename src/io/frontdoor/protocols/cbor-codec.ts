import { UnreadableRequest } from '../exchange.ts'

const MOST_LEVELS = 64
const EPOCH_SECONDS = 1

/** CBOR (RFC 8949) as far as Smithy's RPC v2 uses it: no tags but time, text keys. */
export function encodeCbor(value: unknown): Uint8Array {
  const parts: Buffer[] = []
  write(value, parts)
  return Buffer.concat(parts)
}

function write(value: unknown, parts: Buffer[]): void {
  if (value === null || value === undefined) parts.push(Buffer.of(0xf6))
  else if (typeof value === 'boolean') parts.push(Buffer.of(value ? 0xf5 : 0xf4))
  else if (typeof value === 'number') writeNumber(value, parts)
  else if (typeof value === 'string') {
    const bytes = Buffer.from(value)
    parts.push(head(3, bytes.length), bytes)
  } else if (value instanceof Uint8Array) parts.push(head(2, value.length), Buffer.from(value))
  else if (value instanceof Date) {
    parts.push(head(6, EPOCH_SECONDS))
    writeNumber(value.getTime() / 1000, parts)
  } else if (Array.isArray(value)) {
    parts.push(head(4, value.length))
    for (const item of value) write(item, parts)
  } else {
    const entries = Object.entries(value as object)
    parts.push(head(5, entries.length))
    for (const [key, one] of entries) {
      write(key, parts)
      write(one, parts)
    }
  }
}

function writeNumber(value: number, parts: Buffer[]): void {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    parts.push(value >= 0 ? head(0, value) : head(1, -1 - value))
    return
  }
  const bytes = Buffer.alloc(9)
  bytes[0] = 0xfb
  bytes.writeDoubleBE(value, 1)
  parts.push(bytes)
}

function head(major: number, size: number): Buffer {
  if (size < 24) return Buffer.of((major << 5) | size)
  if (size < 0x100) return Buffer.of((major << 5) | 24, size)
  const bytes = size < 0x10000 ? Buffer.alloc(3) : size < 0x100000000 ? Buffer.alloc(5) : Buffer.alloc(9)
  bytes[0] = (major << 5) | (bytes.length === 3 ? 25 : bytes.length === 5 ? 26 : 27)
  if (bytes.length === 3) bytes.writeUInt16BE(size, 1)
  else if (bytes.length === 5) bytes.writeUInt32BE(size, 1)
  else bytes.writeBigUInt64BE(BigInt(size), 1)
  return bytes
}

export function decodeCbor(bytes: Uint8Array): unknown {
  const source: Source = { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 }
  const value = read(source, 0)
  if (value === BREAK || source.at !== bytes.length) throw new UnreadableRequest('the body is not one CBOR value')
  return value
}

interface Source {
  readonly bytes: Buffer
  at: number
}
const BREAK = Symbol('break')
const INDEFINITE = -1

function read(source: Source, level: number): unknown {
  if (level > MOST_LEVELS) throw new UnreadableRequest('the body is nested too deeply')
  const first = take(source, 1).readUInt8()
  const [major, extra] = [first >> 5, first & 31]
  if (major === 7) return readSimple(source, extra)
  const size = readSize(source, extra)
  switch (major) {
    case 0:
      return size
    case 1:
      return -1 - size
    case 2:
      return size === INDEFINITE ? Buffer.concat(readItems(source, size, level) as Buffer[]) : take(source, size)
    case 3:
      return size === INDEFINITE ? readItems(source, size, level).join('') : take(source, size).toString('utf8')
    case 4:
      return readItems(source, size, level)
    case 5:
      return readMap(source, size, level)
    default: {
      const value = read(source, level + 1)
      return size === EPOCH_SECONDS && typeof value === 'number' ? new Date(Math.round(value * 1000)) : value
    }
  }
}

function readItems(source: Source, size: number, level: number): unknown[] {
  const items: unknown[] = []
  while (size === INDEFINITE || items.length < size) {
    const item = read(source, level + 1)
    if (item === BREAK) return endsHere(size, items)
    items.push(item)
  }
  return items
}

function readMap(source: Source, size: number, level: number): Record<string, unknown> {
  const map: Record<string, unknown> = {}
  for (let count = 0; size === INDEFINITE || count < size; count += 1) {
    const key = read(source, level + 1)
    if (key === BREAK) return endsHere(size, map)
    const value = read(source, level + 1)
    if (value === BREAK || key === '__proto__') throw new UnreadableRequest('a map of the body is not well-formed')
    map[String(key)] = value
  }
  return map
}

function endsHere<T>(size: number, value: T): T {
  if (size !== INDEFINITE) throw new UnreadableRequest('the body ends in the middle of a value')
  return value
}

function readSize(source: Source, extra: number): number {
  if (extra < 24) return extra
  if (extra === 24) return take(source, 1).readUInt8()
  if (extra === 25) return take(source, 2).readUInt16BE()
  if (extra === 26) return take(source, 4).readUInt32BE()
  if (extra === 27) return Number(take(source, 8).readBigUInt64BE())
  if (extra === 31) return INDEFINITE
  throw new UnreadableRequest('the body holds a size that CBOR does not know')
}

function readSimple(source: Source, extra: number): unknown {
  switch (extra) {
    case 20:
      return false
    case 21:
      return true
    case 22:
    case 23:
      return null
    case 25:
      return halfFloat(take(source, 2).readUInt16BE())
    case 26:
      return take(source, 4).readFloatBE()
    case 27:
      return take(source, 8).readDoubleBE()
    case 31:
      return BREAK
    default:
      throw new UnreadableRequest('the body holds a value that CBOR does not know')
  }
}

function halfFloat(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023]
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

function take(source: Source, size: number): Buffer {
  const end = source.at + size
  if (size < 0 || end > source.bytes.length) throw new UnreadableRequest('the body ends in the middle of a value')
  const part = source.bytes.subarray(source.at, end)
  source.at = end
  return part
}
