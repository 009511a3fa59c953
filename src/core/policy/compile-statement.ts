import type { Source } from '../aws/reason.ts'
import type { SourceMap } from '../template/position.ts'
import { compileCondition } from './condition.ts'
import { compilePattern, type PatternOptions } from './pattern.ts'
import { compilePrincipal } from './principal.ts'
import type { ContextKeys, PolicyRequest, Principal } from './request.ts'

export interface CompiledStatement {
  readonly effect: 'Allow' | 'Deny'
  /** Its place in the policy, counted from 0. */
  readonly index: number
  readonly sid?: string
  readonly source?: Source
  readonly concerns: {
    readonly principal: (principal: Principal) => boolean
    readonly action: (action: string, keys: ContextKeys) => boolean
    readonly resource: (resource: string, keys: ContextKeys) => boolean
  }
  readonly conditions: readonly CompiledCondition[]
}

export interface CompiledCondition {
  readonly operator: string
  /** The key as the policy spells it. */
  readonly key: string
  readonly values: readonly string[]
  readonly source?: Source
  readonly holds: (keys: ContextKeys) => boolean
}

/** Where a policy's text came from. */
export interface PolicyOrigin {
  readonly sources?: SourceMap
  readonly stack?: string
}

export interface PolicyProblem {
  /** JSON pointer into the document. */
  readonly pointer: string
  readonly text: string
}

/** Whether the statement speaks about this request at all, its conditions included. */
export function applies({ concerns, conditions }: CompiledStatement, request: PolicyRequest): boolean {
  if (!concerns.action(request.action, request.keys)) return false
  if (!concerns.resource(request.resource, request.keys)) return false
  if (!concerns.principal(request.principal)) return false
  for (const condition of conditions) if (!condition.holds(request.keys)) return false
  return true
}

const STATEMENT_KEYS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]

/** Reads one statement and collects every problem on the way. */
export class StatementReader {
  readonly #pointer: string
  readonly #origin: PolicyOrigin
  readonly #options: PatternOptions
  readonly #problems: PolicyProblem[]

  constructor(pointer: string, origin: PolicyOrigin, options: PatternOptions, problems: PolicyProblem[]) {
    this.#pointer = pointer
    this.#origin = origin
    this.#options = options
    this.#problems = problems
  }

  read(written: unknown, index: number): CompiledStatement | undefined {
    if (!isObject(written)) {
      this.#problem('', 'a statement is a map')
      return undefined
    }
    refuseOthers(written, STATEMENT_KEYS, this.#pointer, this.#problems)
    const effect = written['Effect']
    const sid = written['Sid']
    if (effect !== 'Allow' && effect !== 'Deny') this.#problem('/Effect', '`Effect` is `Allow` or `Deny`')
    if (sid !== undefined && typeof sid !== 'string') this.#problem('/Sid', '`Sid` is a text')
    const source = this.#source('')
    return {
      effect: effect === 'Allow' ? 'Allow' : 'Deny',
      index,
      ...(typeof sid === 'string' && sid && { sid }),
      ...(source && { source }),
      concerns: { principal: this.#principal(written), action: this.#actions(written), resource: this.#resources(written) },
      conditions: this.#conditions(written['Condition']),
    }
  }

  #principal(written: Record<string, unknown>): (principal: Principal) => boolean {
    const [key, value, negated] = this.#oneOf(written, 'Principal', 'NotPrincipal')
    if (value === undefined) return () => false
    const compiled = compilePrincipal(value)
    if (typeof compiled === 'string') {
      this.#problem(`/${key}`, compiled)
      return () => false
    }
    return negated ? (principal) => !compiled(principal) : compiled
  }

  #actions(written: Record<string, unknown>) {
    const valid = (text: string) => text === '*' || /^[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+$/.test(text)
    return this.#patterns(written, 'Action', 'NotAction', valid, { ignoreCase: true })
  }

  #resources(written: Record<string, unknown>) {
    const valid = (text: string) => text !== '' && (text.includes('*') || text.includes(':'))
    return this.#patterns(written, 'Resource', 'NotResource', valid, this.#options)
  }

  #patterns(
    written: Record<string, unknown>,
    positive: string,
    negative: string,
    valid: (text: string) => boolean,
    options: PatternOptions,
  ) {
    const [key, value, negated] = this.#oneOf(written, positive, negative)
    if (value === undefined) return () => false
    const texts = listOf(value)
    if (texts.length === 0) this.#problem(`/${key}`, `\`${key}\` is empty`)
    for (const text of texts) {
      if (typeof text !== 'string' || !valid(text)) this.#problem(`/${key}`, `\`${show(text)}\` is no ${positive.toLowerCase()}`)
    }
    const matchers = texts.map((text) => compilePattern(String(text), options))
    const [only] = matchers
    if (matchers.length === 1 && only && !negated) return only
    return (text: string, keys: ContextKeys) => matchers.some((matches) => matches(text, keys)) !== negated
  }

  #conditions(written: unknown): readonly CompiledCondition[] {
    if (written === undefined) return []
    if (!isObject(written)) {
      this.#problem('/Condition', '`Condition` is a map')
      return []
    }
    return Object.entries(written).flatMap(([operator, keys]) => {
      if (isObject(keys)) return Object.entries(keys).flatMap(([key, values]) => this.#condition(operator, key, values))
      this.#problem(`/Condition/${operator}`, 'a condition names keys and their values')
      return []
    })
  }

  #condition(operator: string, key: string, written: unknown): readonly CompiledCondition[] {
    const pointer = `/Condition/${pointerToken(operator)}/${pointerToken(key)}`
    const values = listOf(written)
    if (values.some((value) => !['string', 'number', 'boolean'].includes(typeof value))) {
      this.#problem(pointer, `the values of \`${key}\` are not texts`)
      return []
    }
    const texts = values.map(String)
    const holds = compileCondition(operator, key, texts, this.#options)
    if (typeof holds === 'string') {
      this.#problem(pointer, holds)
      return []
    }
    const source = this.#source(pointer)
    return [{ operator, key, values: texts, holds, ...(source && { source }) }]
  }

  /** The one of two keys that is there; a problem where none or both are. */
  #oneOf(written: Record<string, unknown>, positive: string, negative: string): [string, unknown, boolean] {
    const [a, b] = [written[positive], written[negative]]
    if ((a === undefined) === (b === undefined)) {
      this.#problem('', `a statement has either \`${positive}\` or \`${negative}\``)
      return [positive, undefined, false]
    }
    return a === undefined ? [negative, b, true] : [positive, a, false]
  }

  #source(pointer: string): Source | undefined {
    const { sources, stack } = this.#origin
    const position = sources?.[`${this.#pointer}${pointer}`]
    return position && { ...position, ...(stack !== undefined && { stack }) }
  }

  #problem(pointer: string, text: string): void {
    this.#problems.push({ pointer: `${this.#pointer}${pointer}`, text })
  }
}

export function refuseOthers(written: object, known: readonly string[], pointer: string, problems: PolicyProblem[]): void {
  for (const key of Object.keys(written)) {
    if (!known.includes(key))
      problems.push({ pointer: `${pointer}/${pointerToken(key)}`, text: `\`${key}\` is not part of a policy` })
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A JSON pointer's token. */
function pointerToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1')
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
