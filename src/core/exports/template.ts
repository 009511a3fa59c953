import { parseTemplate } from '../template/parse.ts'
import type { ValueMap } from '../template/value.ts'

export { AwsError } from '../aws/aws-error.ts'
export { formatPosition, type Position, positionOf, positionOfMember } from '../template/position.ts'
export type { Value, ValueList, ValueMap } from '../template/value.ts'

export interface ParseOptions {
  /** The name that positions give the text. */
  readonly file?: string
}

/**
 * Reads a template, YAML or JSON, into plain values: short functions (`!Sub`) in their long form, aliases and merge keys resolved. Maps
 * and lists know where they were written, see `positionOf` and `positionOfMember`.
 *
 * @throws AwsError in CloudFormation's words, with the place, where the text is no map, or not well formed
 *
 * @example
 * const template = parse(readFileSync('template.yaml', 'utf8'), { file: 'template.yaml' })
 * console.log(formatPosition(positionOfMember(template['Resources'], 'Api')))
 */
export function parse(text: string, options: ParseOptions = {}): ValueMap {
  return parseTemplate(text, options)
}
