/** As Python 2 prints a text of the template: everything beyond ASCII escaped. */
export function unicodeRepr(text: string): string {
  if (PLAIN.test(text)) return `u'${text}'`
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  let escaped = ''
  for (const character of text) escaped += character === quote ? `\\${quote}` : escapedCharacter(character)
  return `u${quote}${escaped}${quote}`
}

/** Nothing but what is printed as it is: most texts, and these are told at a look. */
const PLAIN = /^[ !#-&(-[\]-~]*$/

const NAMED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapedCharacter(character: string): string {
  const code = character.codePointAt(0)!
  if (Object.hasOwn(NAMED, character)) return NAMED[character]!
  if (code >= 0x20 && code < 0x7f) return character
  const digits = code.toString(16)
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`
}
