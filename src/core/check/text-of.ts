import type { Value } from '../template/value.ts'

/** A scalar as text; nothing for everything else. */
export function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** `true` as templates write it: with quotes and without, in any case. */
export function isTrue(value: Value | undefined): boolean {
  return textOf(value)?.toLowerCase() === 'true'
}

export function isFalse(value: Value | undefined): boolean {
  return textOf(value)?.toLowerCase() === 'false'
}
