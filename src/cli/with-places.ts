import type { ErrorCause } from '#core/aws/aws-error.ts'
import { formatPosition } from '#core/template/position.ts'

/** A refusal with the template line of each thing that it tells of, behind the words for it, unless they name the line themselves. */
export function withPlaces(message: string, causes: readonly ErrorCause[], file: string): string {
  let told = 0
  let placed = ''
  for (const { message: words, position } of causes) {
    const at = message.indexOf(words, told)
    if (at < 0 || !position) continue
    const place = formatPosition({ file, ...position })
    placed += message.slice(told, at + words.length) + (words.includes(place) ? '' : ` (${place})`)
    told = at + words.length
  }
  return placed + message.slice(told)
}
