/** The keys of `Stacks[0].Tags` or `headers.a\.b`. */
function keysOf(path: string): readonly string[] {
  const keys = path.matchAll(/\[(-?\d+)\]|((?:\\.|[^.[\]\\])+)/g)
  return Array.from(keys, ([, index, key]) => index ?? (key as string).replaceAll(/\\(.)/g, '$1'))
}

/** The member at a path, or nothing. Names of headers are found in any case; `|` leads through `json`, `text` or `split(sep)[i]`. */
export function at(value: unknown, path: string): unknown {
  const [head = '', ...pipes] = path.split('|')
  return pipes.reduce(through, keysOf(head).reduce(member, value))
}

function through(value: unknown, pipe: string): unknown {
  if (value === undefined) return undefined
  const [, separator, index] = /^split\((.*)\)\[(-?\d+)\]$/.exec(pipe) ?? []
  if (separator !== undefined) return textOf(value).split(separator).at(Number(index))
  const [, verb, path = ''] = /^(json|text)\.?(.*)$/s.exec(pipe) ?? []
  if (verb === 'json') return at(isRead(value) ? value : jsonIn(textOf(value)), path)
  if (verb === 'text') return textOf(value)
  throw new Error(`no pipe ${pipe}`)
}

function member(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.at(Number(key))
  const read = isRead(value) ? value : jsonIn(textOf(value))
  if (typeof read !== 'object' || read === null) return undefined
  const held = read as Readonly<Record<string, unknown>>
  if (Object.hasOwn(held, key)) return held[key]
  const other = Object.keys(held).find((name) => name.toLowerCase() === key.toLowerCase())
  return other === undefined ? undefined : held[other]
}

function isRead(value: unknown): boolean {
  return typeof value === 'object' && !(value instanceof Uint8Array)
}

/** A copy without the member at a path. */
export function without(value: unknown, path: string): unknown {
  const remove = (from: unknown, [key, ...rest]: readonly string[]): unknown => {
    if (typeof from !== 'object' || from === null || key === undefined) return from
    const copy = (Array.isArray(from) ? [...from] : { ...from }) as Record<string, unknown>
    if (rest.length > 0) copy[key] = remove(copy[key], rest)
    else delete copy[key]
    return copy
  }
  return remove(value, keysOf(path))
}

export function textOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString() : String(value)
}

/** What a text says as JSON; the text itself where it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
