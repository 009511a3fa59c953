/**
 * The policy language by its definition, without any thought of speed: what the compiled evaluator is held against. It reads the written
 * policy anew each time, and shares no code with it.
 */
export interface NaiveRequest {
  readonly principal: 'anonymous' | { readonly account: string; readonly arn: string }
  readonly action: string
  readonly resource: string
  readonly keys: Readonly<Record<string, string>>
}

interface NaiveStatement {
  readonly Effect: string
  readonly Principal?: unknown
  readonly NotPrincipal?: unknown
  readonly Action?: unknown
  readonly NotAction?: unknown
  readonly Resource?: unknown
  readonly NotResource?: unknown
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export function naivelyEvaluate(
  policy: { readonly Statement: readonly NaiveStatement[] },
  asked: NaiveRequest,
): 'Allow' | 'Deny' | 'None' {
  const matching = policy.Statement.filter((statement) => matches(statement, asked))
  if (matching.some(({ Effect }) => Effect === 'Deny')) return 'Deny'
  return matching.length > 0 ? 'Allow' : 'None'
}

function matches(statement: NaiveStatement, asked: NaiveRequest): boolean {
  const { Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition = {} } = statement
  if (Principal !== undefined ? !isPrincipal(Principal, asked) : isPrincipal(NotPrincipal, asked)) return false
  const isAction = (text: string) => like(text.toLowerCase(), asked.action.toLowerCase())
  if (Action !== undefined ? !list(Action).some(isAction) : list(NotAction).some(isAction)) return false
  const isResource = (text: string) => like(text, asked.resource)
  if (Resource !== undefined ? !list(Resource).some(isResource) : list(NotResource).some(isResource)) return false
  return Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => holds(operator, asked.keys[key.toLowerCase()], list(values))),
  )
}

function isPrincipal(written: unknown, { principal }: NaiveRequest): boolean {
  if (written === '*') return true
  return list((written as { AWS: unknown }).AWS).some((name) => {
    if (name === '*') return true
    return (
      principal !== 'anonymous' &&
      (name === principal.account || name === principal.arn || name === `arn:aws:iam::${principal.account}:root`)
    )
  })
}

function holds(operator: string, actual: string | undefined, values: readonly string[]): boolean {
  if (operator === 'Null') return values.includes('true') ? actual === undefined : actual !== undefined
  const ifExists = operator.endsWith('IfExists')
  const plain = operator.replace('IfExists', '')
  const positive = plain.replace('Not', '')
  if (actual === undefined) return ifExists || plain !== positive
  const found = values.some((value) =>
    positive === 'StringLike' ? like(value, actual) : positive === 'IpAddress' ? inRange(value, actual) : value === actual,
  )
  return found !== (plain !== positive)
}

function inRange(range: string, address: string): boolean {
  const [base = '', bits = '32'] = range.split('/')
  const binary = (text: string) =>
    text
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('')
  return binary(base).slice(0, Number(bits)) === binary(address).slice(0, Number(bits))
}

/** `*` is any text and `?` any character, by their definition. */
function like(pattern: string, text: string): boolean {
  if (pattern === '') return text === ''
  if (pattern[0] === '*') return like(pattern.slice(1), text) || (text !== '' && like(pattern, text.slice(1)))
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && like(pattern.slice(1), text.slice(1))
}

function list(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]) as string[]
}
