import { stringify } from 'yaml'
import type { ValueMap } from '#core/template/value.ts'

export type TemplateFormat = 'yaml' | 'json'

/**
 * A template as text that reads back as the same values, with every YAML reader: strings that YAML 1.1 would take for something else, such
 * as `2012-10-17` and `on`, are quoted. Nothing is folded, nothing is an alias, and text of several lines stands as a block.
 */
export function printTemplate(template: ValueMap, format: TemplateFormat): string {
  if (format === 'json') return `${JSON.stringify(template, undefined, 2)}\n`
  return stringify(template, {
    compat: 'yaml-1.1',
    aliasDuplicateObjects: false,
    singleQuote: true,
    lineWidth: 0,
  })
}
