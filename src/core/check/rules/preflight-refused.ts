import { isMap, type Value } from '../../template/value.ts'
import { type Api, apisOf } from '../apis.ts'
import type { Rule } from '../finding.ts'
import type { Method } from '../methods.ts'
import type { StatementView } from '../policy-view.ts'

/** Browsers ask by OPTIONS before they call, and the policy decides about that as about any method. */
export const preflightRefused: Rule = {
  id: 'preflight-refused',
  level: 'error',
  title: 'a policy that lets methods be called, and not their CORS preflight',
  symptom: 'CORS errors in browsers, while `curl` works; `OPTIONS` answers 403',

  *find(subjects) {
    for (const api of apisOf(subjects)) {
      const allowing = allowingStatements(api)
      const [first] = allowing
      if (!first) continue
      const refused = (api.methods ?? []).filter(
        (method) => isPreflight(method) && !allowing.some((one) => mayAllow(one, method)),
      )
      const [method] = refused
      if (method === undefined) continue
      yield {
        at: first.place,
        cause: `no statement of the policy of API \`${api.id}\` allows \`OPTIONS ${method.path}\`, which a browser asks before it calls${refused.length > 1 ? ` (nor ${refused.length - 1} more)` : ''}`,
        mend: 'allow the path with any method (`execute-api:/*/*/<path>`), or add its `OPTIONS`',
      }
    }
  },
}

function allowingStatements({ policies }: Api): readonly StatementView[] {
  if (policies === 'unknown') return []
  return policies.flatMap(({ statements }) => statements).filter(({ effect }) => effect === 'Allow')
}

function isPreflight({ httpMethod, path }: Method): boolean {
  return httpMethod === 'OPTIONS' && path !== undefined
}

/** Nothing is asked of the stage: another rule does. */
function mayAllow({ resources }: StatementView, { path = '' }: Method): boolean {
  return resources.some((resource) => {
    const [, , verb, ...rest] = partsOf(resource) ?? []
    if (verb === undefined) return true
    if (!wildcard(verb).test('OPTIONS')) return verb === '*' || verb.includes('$')
    const allowed = rest.join('/')
    return rest.length === 0 || allowed.includes('$') || wildcard(allowed).test(path.slice(1).replace(/\{[^}]*\}/g, '*'))
  })
}

/** API, stage, method and path; nothing where the resource does not go as far as the method, or is not told. */
function partsOf(resource: Value): readonly string[] | undefined {
  const sub = isMap(resource) ? resource['Fn::Sub'] : resource
  const text = Array.isArray(sub) ? sub[0] : sub
  if (typeof text !== 'string' || !/^execute-api:\/|^arn:[^/]*:execute-api:/.test(text)) return undefined
  const parts = text.split('/')
  // A `*` for the stage goes on over what follows where nothing follows.
  return parts.length > 2 ? parts : undefined
}

function wildcard(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  )
}
