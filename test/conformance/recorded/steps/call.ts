import type { Outcome } from '../judge.ts'
import type { Asked, Session } from '../session.ts'

/** One API call, or all pages of it. */
export async function callStep(operation: string, { call }: Session, { input, paginate }: Asked): Promise<Outcome> {
  const first = await call(operation, input)
  if (!paginate || first.error) return first
  let merged = first.result as Record<string, unknown>
  for (let token = tokenIn(merged); token; token = tokenIn(merged)) {
    const next = await call(operation, { ...input, ...token })
    if (next.error) return next
    merged = merge(merged, next.result as Record<string, unknown>)
  }
  return { ...first, result: merged }
}

/** The tokens that services go on with, as what the next call gives. */
const TOKENS: Readonly<Record<string, string>> = {
  NextToken: 'NextToken',
  nextToken: 'nextToken',
  position: 'position',
  NextMarker: 'Marker',
}

function tokenIn(output: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  const name = Object.keys(TOKENS).find((key) => output[key])
  return name === undefined ? undefined : { [TOKENS[name] as string]: output[name] }
}

function merge(before: Readonly<Record<string, unknown>>, next: Readonly<Record<string, unknown>>) {
  const left = Object.fromEntries(Object.entries(before).filter(([key]) => !(key in TOKENS)))
  for (const [key, value] of Object.entries(next)) {
    const held = left[key]
    left[key] = Array.isArray(held) && Array.isArray(value) ? [...held, ...value] : value
  }
  return left
}
