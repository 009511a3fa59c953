import { AwsError } from '#core/aws/aws-error.ts'
import { jsonPattern } from './json-pattern.ts'

export type MessageFilter = (message: string) => boolean

/**
 * Reads a CloudWatch Logs filter pattern: words that must all be there, `?word` for any of several, `-word` for one that must not,
 * quotes around what has spaces, or `{ $.field = "value" }` for events that are JSON. Patterns of columns (`[a, b]`) and regular
 * expressions (`%…%`) are refused.
 */
export function filterPattern(pattern: string): MessageFilter {
  const text = pattern.trim()
  if (text === '') return () => true
  if (text.startsWith('{')) return jsonPattern(text)
  if (text.startsWith('[')) throw invalidPattern(`Postern does not support patterns of columns yet: \`${text}\``)
  return wordPattern(text)
}

function invalidPattern(why: string): AwsError {
  return new AwsError('InvalidParameterException', `Invalid filter pattern: ${why}`, { status: 400 })
}

function wordPattern(text: string): MessageFilter {
  const all: string[] = []
  const any: string[] = []
  const none: string[] = []
  for (const [, sign, quoted, bare = ''] of text.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/g)) {
    if (bare.startsWith('%')) throw invalidPattern(`Postern does not support regular expressions yet: \`${bare}\``)
    const word = quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1')
    const list = sign === '?' ? any : sign === '-' ? none : all
    list.push(word)
  }
  // Words without a sign make those with `?` meaningless: the documentation says that they are then ignored.
  const wanted = all.length > 0 ? [] : any
  return (message) =>
    all.every((word) => message.includes(word)) &&
    !none.some((word) => message.includes(word)) &&
    (wanted.length === 0 || wanted.some((word) => message.includes(word)))
}
