import type { ValueMap } from './value.ts'

export function checkTemplate(_template: ValueMap): void {
  throw new Error('being written')
}
