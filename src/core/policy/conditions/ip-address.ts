import { type ConditionOperator, pair } from './operator.ts'

/** Addresses and ranges of IPv4 and IPv6; an address of the other family is simply outside. */
export const ipAddressOperators: Record<string, ConditionOperator> = pair('IpAddress', 'NotIpAddress', (value) => {
  const range = parseRange(value)
  if (!range) return undefined
  return (text) => {
    const address = parseAddress(text)
    return address !== undefined && address.length === range.address.length && samePrefix(address, range.address, range.bits)
  }
})

interface Range {
  readonly address: readonly number[]
  readonly bits: number
}

function parseRange(text: string): Range | undefined {
  const [written = '', length, ...rest] = text.split('/')
  const address = parseAddress(written)
  if (!address || rest.length > 0) return undefined
  const widest = address.length * 8
  if (length === undefined) return { address, bits: widest }
  if (!/^\d{1,3}$/.test(length) || Number(length) > widest) return undefined
  return { address, bits: Number(length) }
}

function samePrefix(a: readonly number[], b: readonly number[], bits: number): boolean {
  for (let index = 0, left = bits; left > 0; index++, left -= 8) {
    const mask = left >= 8 ? 0xff : 0xff & (0xff << (8 - left))
    if (((a[index] ?? 0) & mask) !== ((b[index] ?? 0) & mask)) return false
  }
  return true
}

/** The address's 4 or 16 bytes. */
export function parseAddress(text: string): readonly number[] | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

function parseIpv4(text: string): readonly number[] | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined
  return parts.map(Number)
}

function parseIpv6(text: string): readonly number[] | undefined {
  const [head = '', tail, ...rest] = text.split('::')
  if (rest.length > 0) return undefined
  const left = groups(head)
  const right = tail === undefined ? [] : groups(tail)
  if (!left || !right) return undefined
  const missing = 16 - left.length - right.length
  // `::` stands for at least one group of zeros; without it all eight groups are there.
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined
  return [...left, ...Array<number>(missing).fill(0), ...right]
}

function groups(text: string): readonly number[] | undefined {
  if (text === '') return []
  const bytes: number[] = []
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    const embedded = index === parts.length - 1 && part.includes('.') ? parseIpv4(part) : undefined
    if (embedded) bytes.push(...embedded)
    else if (/^[0-9a-f]{1,4}$/i.test(part)) bytes.push(Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff)
    else return undefined
  }
  return bytes
}
