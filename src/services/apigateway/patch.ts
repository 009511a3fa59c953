import type { AwsError } from '#core/aws/aws-error.ts'
import type { PatchOperation } from '#services/models/apigateway.ts'
import { badRequest } from './refusals.ts'

/** Changes one thing: `names` are what the path's `*` stood for, with `~1` and `~0` read as `/` and `~`. */
export type Change<T> = (target: T, value: string, names: readonly string[]) => T

/** What may be patched: by operation, then by path, where `*` stands for one name. */
export type PatchRules<T> = Readonly<Partial<Record<'add' | 'remove' | 'replace', Readonly<Record<string, Change<T>>>>>>

type Refuse = (operation: string, path: string, allowed: readonly string[]) => AwsError

/** Applies the operations in order; any that is refused refuses all. The target is not changed: a new one is answered. */
export function patched<T>(
  target: T,
  operations: readonly PatchOperation[] | undefined,
  rules: PatchRules<T>,
  refuse: Refuse = refusePath,
): T {
  return (operations ?? []).reduce((current, { op = '', path = '', value = '' }) => {
    const paths = rules[op as keyof PatchRules<T>] ?? {}
    for (const [pattern, change] of Object.entries(paths)) {
      const names = matchPath(pattern, path)
      if (names) return change(current, value, names)
    }
    throw refuse(op, path, Object.keys(paths))
  }, target)
}

/** The words of resources and models. The two spaces are AWS's. */
const refusePath: Refuse = (operation, path, allowed) =>
  badRequest(
    `Invalid patch path  '${path}' specified for op '${operation}'. ${
      allowed.length > 0 ? `Must be one of: [${[...allowed].sort().join(', ')}]` : 'Please choose supported operations'
    }`,
  )

/** The words of APIs, methods and method responses. */
export const refusePathShortly: Refuse = (_operation, path) => badRequest(`Invalid patch path ${path}`)

function matchPath(pattern: string, path: string): string[] | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const names: string[] = []
  for (const [index, part] of wanted.entries()) {
    const actual = given[index] ?? ''
    if (part === '*') names.push(unescapePointer(actual))
    else if (part !== actual) return undefined
  }
  return names
}

/** JSON pointer escapes, as patch paths and method settings write them: `application~1json`. */
export function unescapePointer(text: string): string {
  return text.replaceAll('~1', '/').replaceAll('~0', '~')
}

export function escapePointer(text: string): string {
  return text.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The map without one key, or nothing when that was the last: AWS shows no empty maps after a removal. */
export function without<T>(map: Readonly<Record<string, T>> | undefined, key: string): Readonly<Record<string, T>> | undefined {
  if (!map) return undefined
  const { [key]: _gone, ...rest } = map
  return Object.keys(rest).length > 0 ? rest : undefined
}
