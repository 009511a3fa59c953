import type { Position } from '../position.ts'
import { known } from '../scope.ts'
import { isList, isMap } from '../value.ts'
import { type Intrinsic, templateError, whenKnown } from './intrinsic.ts'

const SHAPE =
  'every Fn::Cidr object requires two or three parameters, (1) a CIDR block, (2) a count and (3) a number of subnet bits'
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html */
const MAX_COUNT = 256

export const cidr: Intrinsic = {
  name: 'Fn::Cidr',

  check(argument, at) {
    if (isMap(argument)) return
    // unverified: the wording of this and the other refusals here.
    if (!isList(argument) || argument.length < 2 || argument.length > 3) throw templateError(SHAPE, at)
  },

  evaluate(argument, scope, evaluate, at) {
    return whenKnown(evaluate(argument, scope), (parts) => {
      const [block, count, bits] = isList(parts) ? parts : []
      const network = typeof block === 'string' ? parseNetwork(block) : undefined
      if (!network)
        throw templateError(
          `\`${typeof block === 'string' ? block : JSON.stringify(block)}\` in Fn::Cidr is not a CIDR block`,
          at,
        )
      // unverified: what AWS takes when the bits are left out.
      const subnetBits = bits === undefined ? 8 : wholeNumber(bits, at)
      return known(subnets(network, wholeNumber(count, at), subnetBits, at))
    })
  },
}

interface Network {
  readonly base: bigint
  readonly prefix: number
  /** 32 or 128. */
  readonly width: number
}

function subnets({ base, prefix, width }: Network, count: number, bits: number, at: Position | undefined): string[] {
  const fits = bits >= 1 && bits <= width - prefix && count >= 1 && count <= MAX_COUNT
  if (!fits || BigInt(count) > 1n << BigInt(width - prefix - bits))
    throw templateError(`Fn::Cidr cannot cut ${count} blocks with ${bits} subnet bits out of a /${prefix}`, at)
  const size = 1n << BigInt(bits)
  const start = (base >> BigInt(width - prefix)) << BigInt(width - prefix)
  return Array.from({ length: count }, (_, index) => `${formatAddress(start + BigInt(index) * size, width)}/${width - bits}`)
}

function wholeNumber(value: unknown, at: Position | undefined): number {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : ''
  if (!/^\d{1,3}$/.test(text)) throw templateError(SHAPE, at)
  return Number(text)
}

function parseNetwork(text: string): Network | undefined {
  const [address = '', prefixText = ''] = text.split('/', 2)
  const words = address.includes(':') ? parseIpv6(address) : parseIpv4(address)
  if (!words || !/^\d{1,3}$/.test(prefixText)) return undefined
  const wordBits = words.length === 4 ? 8n : 16n
  const width = words.length * Number(wordBits)
  const prefix = Number(prefixText)
  if (prefix > width) return undefined
  return { base: words.reduce((base, word) => (base << wordBits) | BigInt(word), 0n), prefix, width }
}

function parseIpv4(text: string): number[] | undefined {
  const octets = text.split('.')
  const valid = octets.length === 4 && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256)
  return valid ? octets.map(Number) : undefined
}

function parseIpv6(text: string): number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const words = [...head, ...Array<string>(missing).fill('0'), ...tail]
  return words.every((word) => /^[0-9a-fA-F]{1,4}$/.test(word)) ? words.map((word) => Number.parseInt(word, 16)) : undefined
}

function formatAddress(address: bigint, width: number): string {
  if (width === 32) return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join('.')
  const words = Array.from({ length: 8 }, (_, index) => ((address >> BigInt(112 - 16 * index)) & 65535n).toString(16))
  // The longest run of zeros is written as `::`, as everybody prints IPv6 addresses (RFC 5952).
  const runs = [...words.join(':').matchAll(/(?<![0-9a-f])0(?::0(?![0-9a-f]))+/g)].map(([run]) => run)
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '')
  if (longest === '') return words.join(':')
  return words.join(':').replace(new RegExp(`(^|:)${longest}(:|$)`), '::')
}
