/*
 * Names in packets and names in text. In text they are as Route 53 writes them: lower case, without the last dot, and with `\ooo`, three
 * octal digits, for what could be mistaken there: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */

export const LONGEST_LABEL = 63
/** With the length of each label, and of the root. */
export const LONGEST_NAME = 255

/**
 * Reads the name that begins at `at`, and says where it ends. Answers nothing where it is cut off, too long, or compressed: the first
 * name of a packet has nothing before it to point to.
 */
export function readName(bytes: Uint8Array, at: number): { readonly name: string; readonly end: number } | undefined {
  const labels: string[] = []
  let next = at
  for (let length = bytes[next]; length !== 0; length = bytes[next]) {
    if (length === undefined || length > LONGEST_LABEL) return undefined
    const end = next + 1 + length
    if (end >= bytes.length || end + 1 - at > LONGEST_NAME) return undefined
    labels.push(labelText(bytes, next + 1, end))
    next = end
  }
  return { name: labels.join('.'), end: next + 1 }
}

function labelText(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at += 1) text += CHARACTERS[bytes[at] as number]
  return text
}

/** How each byte is written. */
const CHARACTERS: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte)
  return byte <= 0x20 || byte > 0x7e || /[.\\]/.test(character) ? octal(byte) : character.toLowerCase()
})

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`
}

/** Where the label that begins at `at` ends. A dot that is written `\.` is part of it. */
export function labelEnd(name: string, at: number): number {
  let dot = name.indexOf('.', at)
  while (dot > 0 && name.charCodeAt(dot - 1) === BACKSLASH) dot = name.indexOf('.', dot + 1)
  return dot < 0 ? name.length : dot
}

/** The bytes of a text with `\ooo` and `\"`: ASCII as it is, other characters as UTF-8. */
export function bytesOfText(text: string): readonly number[] {
  const bytes: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    // Nearly all there is.
    if (code !== BACKSLASH && code < 0x80) bytes.push(code)
    else return [...bytes, ...escapedBytes(text.slice(at))]
  }
  return bytes
}

const BACKSLASH = 0x5c

function escapedBytes(text: string): readonly number[] {
  return [...text.matchAll(/\\([0-3][0-7]{2})|\\?(.)/gsu)].flatMap(([, code, character = '']) =>
    code === undefined ? utf8(character) : [Number.parseInt(code, 8)],
  )
}

function utf8(character: string): readonly number[] {
  if (character.charCodeAt(0) < 0x80) return [character.charCodeAt(0)]
  return [...encodeURIComponent(character).matchAll(/%(..)/g)].map(([, hex = '']) => Number.parseInt(hex, 16))
}
