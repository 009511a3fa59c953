import type { Ids } from '#kit/ports.ts'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const CHARACTERS = 16

/**
 * A temporary access key id. As on AWS, it holds its account: `ASIA`, then ten bytes in base32 of which bits 1 to 40 are the
 * account's number (https://awsteele.com/blog/2020/09/26/aws-access-key-format.html).
 */
export function temporaryAccessKeyId(account: string, ids: Pick<Ids, 'bytes'>): string {
  const [first = 0, ...rest] = ids.bytes(5)
  const front = (1n << 47n) | (BigInt(account) << 7n) | BigInt(first & 0x7f)
  let bits = front << 32n
  for (const [index, byte] of rest.entries()) bits |= BigInt(byte) << BigInt(8 * (3 - index))
  let text = ''
  for (let index = CHARACTERS - 1; index >= 0; index -= 1) text += BASE32[Number((bits >> BigInt(5 * index)) & 31n)]
  return `ASIA${text}`
}

/** The account that a temporary access key id holds. */
export function accountOfAccessKeyId(accessKeyId: string): string | undefined {
  if (!/^ASIA[A-Z2-7]{16}$/.test(accessKeyId)) return undefined
  let bits = 0n
  for (const character of accessKeyId.slice(4)) bits = (bits << 5n) | BigInt(BASE32.indexOf(character))
  const account = (bits >> 39n) & 0xffffffffffn
  return account > 999_999_999_999n ? undefined : String(account).padStart(12, '0')
}
