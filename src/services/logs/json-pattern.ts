import { AwsError } from '#core/aws/aws-error.ts'

type Test = (event: unknown) => boolean

const TOKEN = /\s*(&&|\|\||!=|<=|>=|[(){}=<>]|"(?:[^"\\]|\\.)*"|\$[^\s(){}=<>!&|]*|[^\s(){}=<>!&|"]+)/y

/** `{ $.a.b = "x*" && ($.n > 3 || $.gone NOT EXISTS) }`, for events that are JSON. Any other event does not match. */
export function jsonPattern(text: string): (message: string) => boolean {
  const tokens = tokensOf(text)
  let at = 0
  const peek = () => tokens[at]
  const take = (expected?: string): string => {
    const token = tokens[at]
    if (token === undefined || (expected !== undefined && token !== expected)) throw invalid(text)
    at += 1
    return token
  }
  const either = (): Test => {
    const tests = [both()]
    while (peek() === '||') {
      take()
      tests.push(both())
    }
    return (event) => tests.some((test) => test(event))
  }
  const both = (): Test => {
    const tests = [one()]
    while (peek() === '&&') {
      take()
      tests.push(one())
    }
    return (event) => tests.every((test) => test(event))
  }
  const one = (): Test => {
    if (peek() === '(') {
      take()
      const inner = either()
      take(')')
      return inner
    }
    const path = take()
    if (!path.startsWith('$')) throw invalid(text)
    const read = reader(path)
    const operator = take()
    if (operator === 'EXISTS') return (event) => read(event) !== undefined
    if (operator === 'NOT') {
      take('EXISTS')
      return (event) => read(event) === undefined
    }
    if (operator === 'IS') {
      const constant = { NULL: null, TRUE: true, FALSE: false }[take()]
      if (constant === undefined) throw invalid(text)
      return (event) => read(event) === constant
    }
    const compare = comparison(operator, take(), text)
    return (event) => compare(read(event))
  }

  take('{')
  const test = either()
  take('}')
  if (at < tokens.length) throw invalid(text)
  return (message) => {
    const event = parsed(message)
    return event !== undefined && test(event)
  }
}

/** The event as JSON: a function's own lines have time, request id and level in front of it. */
function parsed(message: string): unknown {
  const start = message.indexOf('{')
  if (start < 0) return undefined
  try {
    return JSON.parse(message.slice(start))
  } catch {
    return undefined
  }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  const pattern = new RegExp(TOKEN)
  while (pattern.lastIndex < text.trimEnd().length) {
    const token = pattern.exec(text)?.[1]
    if (token === undefined) throw invalid(text)
    tokens.push(token)
  }
  return tokens
}

/** `$.a.b`, `$.list[0]`, `$['a b']`. */
function reader(path: string): (event: unknown) => unknown {
  const keys = [...path.slice(1).matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['([^']*)'\]/g)].map(
    ([, name, index, quoted]) => name ?? index ?? quoted ?? '',
  )
  return (event) =>
    keys.reduce<unknown>((node, key) => (Object(node) === node ? (node as Record<string, unknown>)[key] : undefined), event)
}

function comparison(operator: string, written: string, text: string): (value: unknown) => boolean {
  const quoted = written.startsWith('"')
  const word = quoted ? written.slice(1, -1).replace(/\\(.)/g, '$1') : written
  const number = quoted ? Number.NaN : Number(word)
  const same = (value: unknown) =>
    typeof value === 'number' && !Number.isNaN(number) ? value === number : typeof value === 'string' && matches(word, value)
  const ordered = (holds: (value: number) => boolean) => {
    if (Number.isNaN(number)) throw invalid(text)
    return (value: unknown) => typeof value === 'number' && holds(value)
  }
  switch (operator) {
    case '=':
      return same
    case '!=':
      return (value) => !same(value)
    case '<':
      return ordered((value) => value < number)
    case '>':
      return ordered((value) => value > number)
    case '<=':
      return ordered((value) => value <= number)
    case '>=':
      return ordered((value) => value >= number)
    default:
      throw invalid(text)
  }
}

/** `*` stands for anything, at either end or between. Parts are looked for in order, so that no pattern takes long. */
function matches(pattern: string, value: string): boolean {
  const [head = '', ...parts] = pattern.split('*')
  const tail = parts.pop()
  if (tail === undefined) return value === head
  if (!value.startsWith(head) || value.length < head.length + tail.length || !value.endsWith(tail)) return false
  let at = head.length
  for (const part of parts) {
    const found = value.indexOf(part, at)
    if (found < 0 || found + part.length > value.length - tail.length) return false
    at = found + part.length
  }
  return true
}

function invalid(text: string): AwsError {
  return new AwsError('InvalidParameterException', `Invalid filter pattern: \`${text}\``, { status: 400 })
}
