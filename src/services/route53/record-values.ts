import { parseAddress } from '#core/net/cidr.ts'
import type { RecordType } from '#core/net/zones.ts'
import { isFault, normalName } from './dns-names.ts'

/** What is wrong with a record's value, in Route 53's words; nothing where it is right. */
export function valueFault(type: RecordType, value: string): string | undefined {
  const problem = CHECKS[type]?.(value)
  return problem === undefined ? undefined : `FATAL problem: ${problem} encountered with '${value}'`
}

type Check = (value: string) => string | undefined

const ipv4: Check = (value) =>
  parseAddress(value) === undefined ? 'ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)' : undefined

const ipv6: Check = (value) => (isIpv6(value) ? undefined : 'AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)')

const domain: Check = (value) => {
  const name = normalName(value)
  return isFault(name) ? /problem: (.*\)) encountered/.exec(name.fault)?.[1] : undefined
}

/** One or more strings of at most 255 characters, each in quotation marks. */
const strings: Check = (value) => {
  const parts = value.match(/"(?:[^"\\]|\\.)*"/g) ?? []
  if (value.trim() === '' || value.replace(/"(?:[^"\\]|\\.)*"/g, '').trim() !== '')
    return 'InvalidCharacterString (Value should be enclosed in quotation marks)'
  const tooLong = parts.some((part) => part.slice(1, -1).replace(/\\([0-7]{3}|.)/g, 'x').length > 255)
  return tooLong ? 'CharacterStringTooLong (Value is too long)' : undefined
}

/** Whole numbers of 16 bits, then one name: `10 mail.example.com`. */
function numbersThenName(count: number, problem: string): Check {
  return (value) => {
    const fields = value.trim().split(/\s+/)
    const numbers = fields.slice(0, -1)
    const isRight = fields.length === count + 1 && numbers.every((field) => /^\d{1,5}$/.test(field) && Number(field) <= 65535)
    return isRight ? domain(fields.at(-1) ?? '') : problem
  }
}

// unverified: the words for MX, SRV and CAA. Types that are not here are taken as they are written.
const CHECKS: Readonly<Partial<Record<RecordType, Check>>> = {
  A: ipv4,
  AAAA: ipv6,
  CNAME: domain,
  NS: domain,
  PTR: domain,
  TXT: strings,
  SPF: strings,
  MX: numbersThenName(1, 'MXRRDATANotTwoFields (Value is not a priority and a domain name)'),
  SRV: numbersThenName(3, 'SRVRRDATANotFourFields (Value is not a priority, a weight, a port and a domain name)'),
  CAA: (value) =>
    /^\d{1,3}\s+[a-z0-9]+\s+"[^"]*"$/i.test(value.trim())
      ? undefined
      : 'CAARRDATANotThreeFields (Value is not flags, a tag and a value in quotation marks)',
}

function isIpv6(value: string): boolean {
  const [head = '', tail, more] = value.split('::')
  if (more !== undefined) return false
  const groups = [head, tail ?? ''].flatMap((part) => (part === '' ? [] : part.split(':')))
  const last = groups.at(-1) ?? ''
  const isMixed = last.includes('.')
  if (isMixed && parseAddress(last) === undefined) return false
  const words = isMixed ? groups.slice(0, -1) : groups
  const count = words.length + (isMixed ? 2 : 0)
  return words.every((word) => /^[0-9a-f]{1,4}$/i.test(word)) && (tail === undefined ? count === 8 : count < 8)
}
