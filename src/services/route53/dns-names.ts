/**
 * Names as Route 53 writes them: lower case, a dot at the end, and every other character than letters, digits, `-` and `_` as an escape
 * of three octal digits. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */

/** What is wrong with a name, in Route 53's words. */
export interface NameFault {
  readonly fault: string
}

const LONGEST_LABEL = 63
const LONGEST_NAME = 255

/** The name as Route 53 writes it, however it was written. */
export function normalName(written: string): string | NameFault {
  // Recorded in many users' reports for spaces.
  const strange = /[^\x21-\x7e]/.exec(written)?.[0]
  if (strange !== undefined) return faultOf('UnsupportedCharacter (Value contains unsupported characters)', strange)
  const labels = written.replace(/\.$/, '').split('.').map(normalLabel)
  if (labels.some(({ length }) => length === 0)) return faultOf('DomainLabelEmpty (Domain label is empty)', written)
  if (labels.some(({ length }) => length > LONGEST_LABEL))
    return faultOf('DomainLabelTooLong (Domain label is too long)', written)
  const length = labels.reduce((total, label) => total + label.length + 1, 0)
  if (length > LONGEST_NAME) return faultOf('DomainNameTooLong (Domain name is too long)', written)
  return labels.map(({ text }) => `${text}.`).join('')
}

export function isFault(name: string | NameFault): name is NameFault {
  return typeof name !== 'string'
}

function faultOf(problem: string, written: string): NameFault {
  return { fault: `FATAL problem: ${problem} encountered with '${written}'` }
}

/** The label's text, and how long it is without its escapes. */
function normalLabel(written: string): { readonly text: string; readonly length: number } {
  const characters = [...decoded(written).replace(/[A-Z]/g, (letter) => letter.toLowerCase())]
  return { text: characters.map(escaped).join(''), length: characters.length }
}

function escaped(character: string): string {
  return /[a-z0-9_-]/.test(character) ? character : `\\${(character.codePointAt(0) ?? 0).toString(8).padStart(3, '0')}`
}

const ESCAPE = /\\([0-3][0-7]{2})/g
const DOT = '056'

const decoded = (text: string) => text.replace(ESCAPE, (_, digits: string) => characterOf(digits))
const characterOf = (digits: string) => String.fromCharCode(Number.parseInt(digits, 8))

/** A normal name as resolvers compare it: without the last dot, `*` for itself. A dot within a label stays escaped. */
export function plainName(normal: string): string {
  return normal.replace(/\.$/, '').replace(ESCAPE, (written, digits: string) => (digits === DOT ? written : characterOf(digits)))
}

/** Route 53 sorts names by their labels from the last to the first, with the dot after each: `com.example.www.` */
export function sortKeyOf(normal: string): string {
  return normal
    .replace(/\.$/, '')
    .split('.')
    .reverse()
    .map((label) => `${decoded(label)}.`)
    .join('')
}

export function isNameWithin(normal: string, zoneName: string): boolean {
  return normal === zoneName || normal.endsWith(`.${zoneName}`)
}
