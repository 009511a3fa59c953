import { AwsError } from '../aws/aws-error.ts'
import { MAX_TEMPLATE_BYTES } from './limits.ts'
import { parseJson } from './parse-json.ts'
import type { ParseOptions } from './parse-options.ts'
import { parseYaml } from './parse-yaml.ts'
import { isMap, type ValueMap } from './value.ts'

/**
 * Reads a template's text, JSON or YAML, into values that know their place. Whatever the text is, the answer is a map or an `AwsError`;
 * whether the map makes sense as a template is `checkTemplate`'s question.
 */
export function parseTemplate(text: string, options: ParseOptions = {}): ValueMap {
  // A character is at most 3 bytes of UTF-8 per UTF-16 unit, so most texts need no counting.
  if (text.length * 3 > MAX_TEMPLATE_BYTES && utf8Length(text) > MAX_TEMPLATE_BYTES)
    throw new AwsError('ValidationError', `Template may not exceed ${MAX_TEMPLATE_BYTES} bytes in size.`)

  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  const { value, position } = body.trimStart().startsWith('{') ? parseJson(body, options.file) : parseYaml(body, options)
  if (!isMap(value)) throw new AwsError('ValidationError', 'Template format error: unsupported structure.', { position })
  return value
}

function utf8Length(text: string): number {
  let length = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return length
}
