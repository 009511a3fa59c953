/** A block of IPv4 addresses: `base` has no bits below the prefix. */
export interface Cidr {
  readonly base: number
  readonly prefix: number
}

/** Reads `a.b.c.d/n`; addresses inside the block are taken for the block, as EC2 does. Answers nothing where it is not IPv4 CIDR notation. */
export function parseCidr(text: string): Cidr | undefined {
  const [, address, length] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? []
  const base = address === undefined ? undefined : parseAddress(address)
  const prefix = Number(length)
  if (base === undefined || prefix > 32) return undefined
  return { base: base - (base % sizeOf(prefix)), prefix }
}

export function formatCidr({ base, prefix }: Cidr): string {
  return `${formatAddress(base)}/${prefix}`
}

/** Reads a dotted quad without leading zeros. */
export function parseAddress(text: string): number | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return undefined
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0)
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.')
}

/** How many addresses a block of this prefix has. */
export function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix)
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.base <= inner.base && inner.base + sizeOf(inner.prefix) <= outer.base + sizeOf(outer.prefix)
}

export function overlaps(one: Cidr, other: Cidr): boolean {
  return contains(one, other) || contains(other, one)
}

/** How many addresses of a subnet can be given out: all but the first four and the last, which AWS keeps. */
export function usableCount({ prefix }: Cidr): number {
  return sizeOf(prefix) - RESERVED_FIRST - RESERVED_LAST
}

const RESERVED_FIRST = 4
const RESERVED_LAST = 1

/** The lowest address of the subnet that AWS does not keep and nobody has; nothing where the subnet is full. */
export function firstFreeAddress(subnet: Cidr, taken: ReadonlySet<string>): string | undefined {
  const end = subnet.base + sizeOf(subnet.prefix) - RESERVED_LAST
  for (let address = subnet.base + RESERVED_FIRST; address < end; address += 1) {
    const text = formatAddress(address)
    if (!taken.has(text)) return text
  }
  return undefined
}
