import type { ContextKeys } from './request.ts'

/** Whether a text matches; `keys` are there for patterns that name policy variables. */
export type Matcher = (text: string, keys: ContextKeys) => boolean

export interface PatternOptions {
  readonly ignoreCase?: boolean
  /** Whether `*` and `?` are wildcards. */
  readonly wildcards?: boolean
  /** Whether `${aws:SourceVpce}` is a variable: only in policies of version 2012-10-17. */
  readonly variables?: boolean
}

const ANY: unique symbol = Symbol('*')
const ONE: unique symbol = Symbol('?')
interface Variable {
  readonly name: string
  readonly fallback?: string
}
/** A literal text, or a wildcard. */
type Unit = string | typeof ANY | typeof ONE
type Token = Unit | Variable

/** Compiles a policy's text once, so that matching allocates nothing unless it names a variable. */
export function compilePattern(pattern: string, options: PatternOptions = {}): Matcher {
  const fold = options.ignoreCase ? (text: string) => text.toLowerCase() : (text: string) => text
  const tokens = tokenise(pattern, options)
  if (tokens.some(isVariable)) return matchVariables(tokens, fold)
  return matchTokens(tokens as readonly Exclude<Token, Variable>[], fold)
}

function matchTokens(tokens: readonly Exclude<Token, Variable>[], fold: (text: string) => string): Matcher {
  if (tokens.length === 0) return (text) => text === ''
  const [first, second] = tokens
  if (tokens.length === 1 && first === ANY) return () => true
  if (tokens.length === 1 && typeof first === 'string') {
    const literal = fold(first)
    return (text) => fold(text) === literal
  }
  if (tokens.length === 2 && typeof first === 'string' && second === ANY) {
    const prefix = fold(first)
    return (text) => fold(text).startsWith(prefix)
  }
  const units = tokens.flatMap((token): Unit[] => (typeof token === 'string' ? [...fold(token)] : [token]))
  return (text) => matchUnits(units, [...fold(text)])
}

/** Variables are filled in when asked; a value's own `*` and `?` are plain characters, and a missing key matches nothing. */
function matchVariables(tokens: readonly Token[], fold: (text: string) => string): Matcher {
  return (text, keys) => {
    const filled: Exclude<Token, Variable>[] = []
    for (const token of tokens) {
      if (!isVariable(token)) {
        filled.push(token)
        continue
      }
      const value = keys(token.name) ?? token.fallback
      if (typeof value !== 'string') return false
      if (value !== '') filled.push(value)
    }
    return matchTokens(filled, fold)(text, keys)
  }
}

/** Remembers only the last `*`, so hostile patterns cost at most the product of both lengths. */
function matchUnits(pattern: readonly Unit[], text: readonly string[]): boolean {
  let at = 0
  let star = -1
  let retry = 0
  for (let index = 0; index < text.length; ) {
    const unit = pattern[at]
    if (unit === ANY) {
      star = at++
      retry = index
    } else if (unit === ONE || (unit !== undefined && unit === text[index])) {
      at += 1
      index += 1
    } else if (star >= 0) {
      at = star + 1
      retry += 1
      index = retry
    } else {
      return false
    }
  }
  while (pattern[at] === ANY) at += 1
  return at === pattern.length
}

function tokenise(pattern: string, { wildcards = true, variables = false }: PatternOptions): readonly Token[] {
  const tokens: Token[] = []
  let literal = ''
  const add = (token: Exclude<Token, string>) => {
    if (literal) tokens.push(literal)
    literal = ''
    if (token !== ANY || tokens.at(-1) !== ANY) tokens.push(token)
  }
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index)
    const end = variables && pattern.startsWith('${', index) ? pattern.indexOf('}', index) : -1
    if (end > 0) {
      const inside = pattern.slice(index + 2, end)
      // `${*}`, `${?}` and `${$}` stand for the characters themselves:
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
      if (inside === '*' || inside === '?' || inside === '$') literal += inside
      else add(variable(inside))
      index = end
    } else if (wildcards && character === '*') add(ANY)
    else if (wildcards && character === '?') add(ONE)
    else literal += character
  }
  if (literal) tokens.push(literal)
  return tokens
}

function variable(inside: string): Variable {
  const [name = '', fallback] = inside.split(/\s*,\s*/, 2)
  const key = name.trim().toLowerCase()
  return fallback === undefined ? { name: key } : { name: key, fallback: fallback.replace(/^'(.*)'$/s, '$1') }
}

function isVariable(token: Token): token is Variable {
  return typeof token === 'object'
}
