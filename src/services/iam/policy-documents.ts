import { AwsError } from '#core/aws/aws-error.ts'
import { isMap, type ValueMap } from '#core/template/value.ts'

/** Who may take on a role: says who, never to what. Answers the document as JSON text. */
export function checkedTrust(written: unknown): string {
  const { text, statements } = read(written)
  for (const statement of statements) {
    if (statement['Resource'] !== undefined || statement['NotResource'] !== undefined)
      throw malformed('Has prohibited field Resource')
    if (statement['Principal'] === undefined && statement['NotPrincipal'] === undefined)
      throw malformed('Missing required field Principal')
    const actions = listed(statement['Action'])
    if (actions.length === 0) throw malformed('Missing required field Action')
    if (!actions.every((action) => typeof action === 'string' && /^(sts:|\*$)/i.test(action)))
      throw malformed('AssumeRole policy may only specify STS AssumeRole actions.')
  }
  return text
}

/** What a principal may do: says what and to what, never who. Answers the document as JSON text. */
export function checkedPermissions(written: unknown): string {
  const { text, statements } = read(written)
  for (const statement of statements) {
    if (statement['Principal'] !== undefined || statement['NotPrincipal'] !== undefined)
      throw malformed('Policy document should not specify a principal.')
    if (statement['Action'] === undefined && statement['NotAction'] === undefined)
      throw malformed('Policy statement must contain actions.')
    if (statement['Resource'] === undefined && statement['NotResource'] === undefined)
      throw malformed('Policy statement must contain resources.')
  }
  return text
}

function read(written: unknown): { text: string; statements: readonly ValueMap[] } {
  const text = typeof written === 'string' ? written : JSON.stringify(written)
  const document = parsed(text)
  if (!isMap(document)) throw malformed('Syntax errors in policy.')
  const version = document['Version']
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17')
    throw malformed('The policy must contain a valid version string')
  const statements = listed(document['Statement'])
  if (statements.length === 0) throw malformed('Syntax errors in policy.')
  return { text, statements: statements.map(checkedStatement) }
}

function checkedStatement(statement: unknown): ValueMap {
  if (!isMap(statement)) throw malformed('Syntax errors in policy.')
  if (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny') throw malformed('Syntax errors in policy.')
  return statement
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AwsError('MalformedPolicyDocument', 'This policy contains invalid Json', { cause })
  }
}

function listed(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

function malformed(text: string): AwsError {
  return new AwsError('MalformedPolicyDocument', text)
}
