import { AwsError } from '../aws/aws-error.ts'
import { MAX_DEPTH } from './limits.ts'

/**
 * The YAML library reads by recursion, and a hostile text can nest deeper than any stack. Counted before it is read, and roughly:
 * a stack that overflows inside a regular expression ends the process instead of throwing.
 */
export function refuseDeepText(text: string) {
  let depth = 0
  let deepest = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth)
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1)
  }
  if (deepest > MAX_TEXT_DEPTH || DEEP_INDENTATION.test(text) || DEEP_BLOCKS.test(text))
    throw new AwsError('ValidationError', 'Template format error: YAML not well-formed.')
}

/** Above `MAX_DEPTH`, since brackets and blanks in quoted text are counted too. */
const MAX_TEXT_DEPTH = MAX_DEPTH + 100
const DEEP_INDENTATION = new RegExp(`^ {${MAX_TEXT_DEPTH}}`, 'm')
/** `- - - -`: lists that begin on one line. */
const DEEP_BLOCKS = /^ *(?:[-?:][ \t]+){100}/m
