const ROOT = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/
const PASSED_ON = new Set(['Root', 'Parent', 'Sampled'])

/** The trace that a client's `X-Amzn-Trace-Id` goes on with, or nothing where it has no root: then a new one begins. */
export function continuedTrace(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  const fields = header.split(';').map((field) => field.trim())
  const root = fields.find((field) => field.startsWith('Root='))
  if (!root || !ROOT.test(root.slice('Root='.length))) return undefined
  return fields.filter((field) => PASSED_ON.has(field.split('=')[0] ?? '')).join(';')
}
