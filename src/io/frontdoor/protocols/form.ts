import type { Call, Structure, WireRequest } from '../exchange.ts'
import { UnreadableRequest } from '../exchange.ts'

/** A form's dotted names as a tree: `Tags.member.1.Key=a` is `{ Tags: { member: { 1: { Key: 'a' } } } }`. */
export interface FormTree {
  readonly [name: string]: string | FormTree | undefined
}

const MOST_FIELDS = 10_000
const MOST_LEVELS = 40

type Fields = readonly (readonly [string, string])[]

/** The parameters of a query request, wherever they stand: clients post them, browsers put them into the URL. */
export function formFields({ query, headers, body }: Pick<WireRequest, 'query' | 'headers' | 'body'>): Fields {
  const type = headers['content-type'] ?? ''
  if (body.length === 0 || !type.startsWith('application/x-www-form-urlencoded')) return query
  const posted = parsed.get(body) ?? [...new URLSearchParams(Buffer.from(body).toString('utf8'))]
  parsed.set(body, posted)
  return [...query, ...posted]
}

/** Dispatch and protocol ask for the same form one after the other. */
const parsed = new WeakMap<Uint8Array, Fields>()

function formTree(fields: Fields): FormTree {
  if (fields.length > MOST_FIELDS) throw new UnreadableRequest(`a request may have ${MOST_FIELDS} parameters at most`)
  const root: Record<string, string | FormTree> = Object.create(null)
  for (const [name, value] of fields) {
    const parts = name.split('.')
    if (parts.length > MOST_LEVELS) throw new UnreadableRequest(`the parameter \`${name}\` has too many levels`)
    const last = parts.pop() as string
    let node = root
    for (const part of parts) {
      const next = node[part]
      node = node[part] = typeof next === 'object' ? (next as typeof root) : Object.create(null)
    }
    // `X=` beside `X.1=a` says nothing new: clients write the first for an empty list.
    if (typeof node[last] !== 'object') node[last] = value
  }
  return root
}

/** The numbered entries of a list, in order of their numbers; gaps are closed. */
export function numbered(tree: FormTree): readonly (string | FormTree)[] {
  return Object.keys(tree)
    .filter((key) => /^\d+$/.test(key))
    .sort((a, b) => Number(a) - Number(b))
    .map((key) => tree[key] as string | FormTree)
}

export function readForm(
  request: WireRequest,
  call: Call,
  reader: (name: string) => (value: string | FormTree) => unknown,
): Structure {
  if (!call.shape.input) return {}
  return reader(call.shape.input.shape)(formTree(formFields(request))) as Structure
}
