import type { ErrorCause } from '#core/aws/aws-error.ts'
import { formatPosition } from '#core/template/position.ts'

/**
 * A refusal with the template line of each thing that it tells of, behind the words for it, unless they name the line themselves.
 * Where it tells of several in sentences of their own, each begins a line.
 */
export function withPlaces(message: string, causes: readonly ErrorCause[], file: string): string {
  let told = 0
  let placed = ''
  for (const { message: words, position } of causes) {
    const at = message.indexOf(words, told)
    if (at < 0) continue
    const before = message.slice(told, at)
    placed += causes.length > 1 && /(^|[^,]) $/.test(before) ? `${before.trimEnd()}\n  ` : before
    const place = position && formatPosition({ file, ...position })
    placed += place === undefined || words.includes(place) ? words : `${words} (${place})`
    told = at + words.length
  }
  return placed + message.slice(told)
}
