import { MAX_DEPTH } from './limits.ts'
import { notWellFormed } from './not-well-formed.ts'

/**
 * The YAML library reads by recursion, and a hostile text can nest deeper than any stack. Counted before it is read, and roughly:
 * a stack that overflows inside a regular expression ends the process instead of throwing.
 */
export function refuseDeepText(text: string, file: string | undefined): void {
  const at = tooDeepBracket(text) ?? DEEP_INDENTATION.exec(text)?.index ?? DEEP_BLOCKS.exec(text)?.index
  if (at === undefined) return
  const before = text.slice(0, at).split('\n')
  throw notWellFormed({ ...(file !== undefined && { file }), line: before.length, column: before.at(-1)!.length + 1 }, REASON)
}

const REASON = 'too many maps and lists inside each other'

function tooDeepBracket(text: string): number | undefined {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1)
    if (depth > MAX_TEXT_DEPTH) return at
  }
  return undefined
}

/** Above `MAX_DEPTH`, since brackets and blanks in quoted text are counted too. */
const MAX_TEXT_DEPTH = MAX_DEPTH + 100
const DEEP_INDENTATION = new RegExp(`^ {${MAX_TEXT_DEPTH}}`, 'm')
/** `- - - -`: lists that begin on one line. */
const DEEP_BLOCKS = /^ *(?:[-?:][ \t]+){100}/m
