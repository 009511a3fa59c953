import { apisOf } from '../apis.ts'
import type { Rule } from '../finding.ts'

/** Whoever calls a method that does not ask for a signature is nobody, and a principal that is somebody never matches. */
export const principalWithoutSignature: Rule = {
  id: 'principal-without-signature',
  level: 'error',
  title: 'a policy for AWS principals over methods that ask for no signature',
  symptom: '403 `User: anonymous is not authorized to perform: execute-api:Invoke`, although the caller signs',

  *find(subjects) {
    for (const { id, policies, methods } of apisOf(subjects)) {
      if (policies === 'unknown' || !methods) continue
      const open = methods.filter(
        ({ httpMethod, authorization }) => httpMethod !== 'OPTIONS' && (authorization === 'NONE' || authorization === 'COGNITO'),
      )
      const allowing = policies.flatMap(({ statements }) => statements).filter(({ effect }) => effect === 'Allow')
      const [first] = allowing
      if (open.length === 0 || !first || !allowing.every(({ principals }) => Array.isArray(principals))) continue
      const named = open.flatMap(({ httpMethod, path }) => (path === undefined ? [] : [`\`${httpMethod} ${path}\``]))
      yield {
        at: first.place,
        cause: `the policy of API \`${id}\` allows AWS principals only, but ${listed(named) || 'its methods'} ask for no signature: every caller is anonymous there`,
        mend: "let the methods use AWS_IAM (SAM: `Auth.DefaultAuthorizer: AWS_IAM`), or allow `Principal: '*'` under a condition such as `aws:SourceVpce`",
      }
    }
  },
}

const SHOWN = 3

function listed(names: readonly string[]): string {
  const rest = names.length - SHOWN
  return names.slice(0, SHOWN).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
