import { parseAddress } from '../net/cidr.ts'
import { ipv6Bytes } from './ipv6-bytes.ts'
import { bytesOfText } from './names.ts'

type Bytes = readonly number[] | undefined

/** https://www.rfc-editor.org/rfc/rfc9460#section-14.3.2, each with how its value is written. */
const PARAMETERS: Readonly<Record<string, { readonly key: number; readonly write: (value: string) => Bytes }>> = {
  mandatory: {
    key: 0,
    write: (value) =>
      all(
        value
          .split(',')
          .map(keyOf)
          .sort((a = 0, b = 0) => a - b),
        u16,
      ),
  },
  alpn: { key: 1, write: (value) => all(value.split(','), (name) => [name.length, ...bytesOfText(name)]) },
  'no-default-alpn': { key: 2, write: (value) => (value === '' ? [] : undefined) },
  port: { key: 3, write: (value) => (/^\d+$/.test(value) && Number(value) < 65_536 ? u16(Number(value)) : undefined) },
  ipv4hint: { key: 4, write: (value) => all(value.split(','), ipv4) },
  ipv6hint: { key: 6, write: (value) => all(value.split(','), ipv6Bytes) },
}

/**
 * The parameters of an SVCB or HTTPS record, from words such as `alpn="h2,h3"`. Answers nothing where one is unknown, twice there, or has a
 * value that it cannot have. `ech` is not written: nobody here could decrypt what it asks for.
 */
export function serviceParameters(words: readonly string[]): Bytes {
  const written = words.map((word) => {
    const [name = '', ...value] = word.split('=')
    const key = keyOf(name)
    const bytes = PARAMETERS[name] ? PARAMETERS[name].write(value.join('=')) : bytesOfText(value.join('='))
    return key === undefined || !bytes ? undefined : { key, bytes: [...u16(key), ...u16(bytes.length), ...bytes] }
  })
  if (!written.every((one) => one !== undefined) || new Set(written.map(({ key }) => key)).size < words.length) return undefined
  return written.sort((a, b) => a.key - b.key).flatMap(({ bytes }) => bytes)
}

function keyOf(name: string): number | undefined {
  const [, digits] = /^key(0|[1-9]\d{0,4})$/.exec(name) ?? []
  const key = PARAMETERS[name]?.key ?? (digits === undefined ? undefined : Number(digits))
  return key === undefined || key > 65_534 ? undefined : key
}

function ipv4(text: string): Bytes {
  const address = parseAddress(text)
  return address === undefined ? undefined : [...u16(address >>> 16), ...u16(address & 0xffff)]
}

const u16 = (number: number): readonly number[] => [number >> 8, number & 255]

/** All of them one after the other, or nothing where one cannot be written. */
function all<T>(values: readonly (T | undefined)[], write: (value: T) => Bytes): Bytes {
  const written = values.map((value) => (value === undefined ? undefined : write(value)))
  return written.every((one) => one !== undefined) ? written.flat() : undefined
}
