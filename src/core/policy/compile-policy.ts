import { AwsError } from '../aws/aws-error.ts'
import {
  type CompiledStatement,
  isObject,
  type PolicyOrigin,
  type PolicyProblem,
  refuseOthers,
  StatementReader,
} from './compile-statement.ts'

/** A policy ready to be asked, its denials first: nothing in it is parsed again. */
export interface CompiledPolicy {
  readonly statements: readonly CompiledStatement[]
}

/** Everything that keeps the document from being a resource or endpoint policy; empty where it is one. */
export function validatePolicy(document: unknown): readonly PolicyProblem[] {
  return readPolicy(document, {}).problems
}

/** Refuses what `validatePolicy` finds fault with: a statement that cannot be understood must never be skipped. */
export function compilePolicy(document: unknown, origin: PolicyOrigin = {}): CompiledPolicy {
  const { statements, problems } = readPolicy(document, origin)
  const [problem] = problems
  if (problem) throw new AwsError('MalformedPolicyDocument', `${problem.text} at \`${problem.pointer || '/'}\``)
  return { statements: statements.toSorted((a, b) => rank(a) - rank(b)) }
}

function rank({ effect, index }: CompiledStatement): number {
  return effect === 'Deny' ? index - Number.MAX_SAFE_INTEGER : index
}

const VERSIONS = ['2012-10-17', '2008-10-17']
const POLICY_KEYS = ['Version', 'Id', 'Statement']
function readPolicy(document: unknown, origin: PolicyOrigin) {
  const problems: PolicyProblem[] = []
  const statements: CompiledStatement[] = []
  if (!isObject(document)) return { statements, problems: [{ pointer: '', text: 'a policy is a map' }] }
  refuseOthers(document, POLICY_KEYS, '', problems)
  const version = document['Version']
  if (version !== undefined && !VERSIONS.includes(String(version)))
    problems.push({ pointer: '/Version', text: `\`${String(version)}\` is not a policy version` })
  const written = document['Statement']
  const list = Array.isArray(written) ? written : [written]
  if (written === undefined || list.length === 0) problems.push({ pointer: '/Statement', text: 'the policy has no statement' })
  else {
    // Variables came with this version: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    const options = { variables: version === '2012-10-17' }
    for (const [index, statement] of list.entries()) {
      const pointer = Array.isArray(written) ? `/Statement/${index}` : '/Statement'
      const read = new StatementReader(pointer, origin, options, problems).read(statement, index)
      if (read) statements.push(read)
    }
  }
  return { statements, problems }
}
