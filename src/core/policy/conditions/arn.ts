import { compilePattern, type Matcher, type PatternOptions } from '../pattern.ts'
import { type ConditionOperator, pair } from './operator.ts'

/** `ArnEquals` and `ArnLike` are the same: each of the six parts is matched by itself, with wildcards. */
export const arnOperators: Record<string, ConditionOperator> = {
  ...pair('ArnEquals', 'ArnNotEquals', compileArn),
  ...pair('ArnLike', 'ArnNotLike', compileArn),
}

const PARTS = 6

function compileArn(value: string, options: PatternOptions): Matcher | undefined {
  // A lone `*` is accepted for any ARN.
  if (value === '*') return () => true
  const parts = splitArn(value)
  if (parts === undefined) return undefined
  const matchers = parts.map((part) => compilePattern(part, options))
  return (text, keys) => {
    const actual = splitArn(text)
    return actual !== undefined && matchers.every((matches, index) => matches(actual[index] ?? '', keys))
  }
}

/** The six parts; colons inside a `${…}` variable do not separate. */
function splitArn(text: string): readonly string[] | undefined {
  const parts: string[] = []
  let start = 0
  let inVariable = false
  for (let index = 0; index < text.length && parts.length < PARTS - 1; index++) {
    if (text.startsWith('${', index)) inVariable = true
    else if (text[index] === '}') inVariable = false
    else if (text[index] === ':' && !inVariable) {
      parts.push(text.slice(start, index))
      start = index + 1
    }
  }
  return parts.length === PARTS - 1 ? [...parts, text.slice(start)] : undefined
}
