import type { Value } from '../value.ts'

/** A copy of a tree with another value at the member that `path` chooses step by step. */
export function replaceAt(node: Value, [step, ...rest]: readonly number[], value: Value): Value {
  if (step === undefined || typeof node !== 'object' || node === null) return value
  const keys = Object.keys(node)
  const key = keys[step % Math.max(keys.length, 1)]
  if (key === undefined) return value
  if (Array.isArray(node)) return node.map((item, index) => (index === Number(key) ? replaceAt(item, rest, value) : item))
  return { ...node, [key]: replaceAt(node[key] ?? null, rest, value) }
}
