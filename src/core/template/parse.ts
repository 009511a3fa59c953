import type { ValueMap } from './value.ts'

export function parseTemplate(_text: string, _options: { readonly file?: string } = {}): ValueMap {
  throw new Error('being written')
}
