import { addTo } from './multi-value.ts'

export interface QueryParameters {
  /** The last value of each name. */
  readonly single: Readonly<Record<string, string>>
  readonly multi: Readonly<Record<string, readonly string[]>>
}

/** Decodes a query string as API Gateway hands it on: `+` is a space, and what is wrongly encoded stays as it was sent. */
export function parseQuery(query: string): QueryParameters | null {
  if (query === '') return null
  const single: Record<string, string> = {}
  const multi: Record<string, string[]> = {}
  let any = false
  for (const part of query.split('&')) {
    if (part === '') continue
    any = true
    const equals = part.indexOf('=')
    const name = decode(equals < 0 ? part : part.slice(0, equals))
    const value = equals < 0 ? '' : decode(part.slice(equals + 1))
    addTo(single, multi, name, value)
  }
  return any ? { single, multi } : null
}

function decode(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    // Not UTF-8, or a stray percent sign: there is nothing better to hand on than what was sent.
    return spaced
  }
}
