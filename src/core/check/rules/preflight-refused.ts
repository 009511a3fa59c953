import { compilePattern } from '../../policy/pattern.ts'
import type { Value } from '../../template/value.ts'
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
    const pattern = invoked(resource)
    if (pattern === undefined) return true
    const [stage = ''] = pattern.split('/')
    const asked = [/[*?]/.test(stage) ? 'stage' : stage, 'OPTIONS', path.slice(1).replace(/\{[^{}]*\}/g, '*')].join('/')
    return compilePattern(pattern, { wildcards: true })(asked, () => undefined)
  })
}

/** `{stage}/{METHOD}/{path}` of a resource; nothing where that is not told. */
function invoked(resource: Value): string | undefined {
  const path =
    typeof resource === 'string' ? /^(?:execute-api:|arn:[^/]*:execute-api:[^/]*)\/(.*)$/s.exec(resource)?.[1] : undefined
  return path?.includes('${') ? undefined : path
}
