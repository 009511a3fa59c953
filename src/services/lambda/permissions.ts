import { formatArn } from '#core/aws/arn.ts'
import { partitionOf, type Scope } from '#core/aws/scope.ts'
import { type CompiledPolicy, compilePolicy } from '#core/policy/compile-policy.ts'
import { evaluatePolicy } from '#core/policy/evaluate-policy.ts'
import type { Ports } from '#kit/ports.ts'
import { getRevision } from './functions.ts'
import { conflict, demandRevision, functionArn, invalid, notFound } from './names.ts'
import { type PermissionStatement, type PolicyRecord, policies } from './records.ts'

/** A permission as `AddPermission` and `AWS::Lambda::Permission` say it. */
export interface WantedPermission {
  readonly StatementId: string
  readonly Action: string
  readonly Principal: string
  readonly SourceArn?: string | undefined
  readonly SourceAccount?: string | undefined
  readonly PrincipalOrgID?: string | undefined
  readonly EventSourceToken?: string | undefined
  readonly FunctionUrlAuthType?: string | undefined
}

/** Who calls, as far as a function's policy can know. */
export interface Source {
  readonly service: string
  readonly sourceArn: string
  readonly sourceAccount: string
}

const keyOf = (name: string, qualifier?: string) => (qualifier === undefined ? name : `${name}:${qualifier}`)

export function addPermission(
  scope: Scope,
  name: string,
  qualifier: string | undefined,
  wanted: WantedPermission,
  ports: Pick<Ports, 'records' | 'ids'>,
): PermissionStatement {
  getRevision(scope, name, qualifier, ports)
  if (qualifier === '$LATEST') throw invalid('We currently do not support adding policies for $LATEST.')
  const before = ports.records.get(policies, scope, keyOf(name, qualifier))?.statements ?? []
  if (before.some(({ Sid }) => Sid === wanted.StatementId))
    throw conflict(
      `The statement id (${wanted.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    )
  const statement: PermissionStatement = {
    Sid: wanted.StatementId,
    Effect: 'Allow',
    Principal: principalOf(wanted.Principal, scope),
    Action: wanted.Action,
    Resource: functionArn(scope, name, qualifier),
    ...conditionOf(wanted),
  }
  put(scope, keyOf(name, qualifier), [...before, statement], ports)
  return statement
}

/** The policy of a function, or of one version or alias of it. */
export function getPolicy(
  scope: Scope,
  name: string,
  qualifier: string | undefined,
  ports: Pick<Ports, 'records'>,
): PolicyRecord {
  getRevision(scope, name, qualifier, ports)
  const found = ports.records.get(policies, scope, keyOf(name, qualifier))
  if (!found) throw notFound('The resource you requested does not exist.')
  return found
}

/** unverified: what has no policy yet is known by the revision of the function. */
export function demandPolicyRevision(
  scope: Scope,
  name: string,
  qualifier: string | undefined,
  wanted: string | undefined,
  ports: Pick<Ports, 'records'>,
): void {
  const { revision } = getRevision(scope, name, qualifier, ports)
  demandRevision(wanted, ports.records.get(policies, scope, keyOf(name, qualifier)) ?? revision, 'GetPolicy')
}

export function removePermission(
  scope: Scope,
  name: string,
  qualifier: string | undefined,
  sid: string,
  ports: Pick<Ports, 'records' | 'ids'>,
): void {
  const { statements } = getPolicy(scope, name, qualifier, ports)
  const left = statements.filter(({ Sid }) => Sid !== sid)
  if (left.length === statements.length) throw notFound(`Statement ${sid} is not found in resource policy.`)
  put(scope, keyOf(name, qualifier), left, ports)
}

/** The policy as a document, in the one line that `GetPolicy` answers. */
export function policyDocument({ statements }: PolicyRecord): string {
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements })
}

/** Whether the policy of what is called lets this source call it. A version's or alias's policy is its own: the function's does not help. */
export function permits(
  scope: Scope,
  name: string,
  qualifier: string | undefined,
  source: Source,
  { records }: Pick<Ports, 'records'>,
): boolean {
  const record = records.get(policies, scope, keyOf(name, qualifier))
  if (!record) return false
  const compiled = compiledOf(record)
  // A permission's answer depends on nothing that changes while its record is the same.
  const question = `${source.service} ${source.sourceAccount} ${source.sourceArn}`
  const known = compiled.answers.get(question)
  if (known !== undefined) return known
  const { effect } = evaluatePolicy(compiled.policy, {
    principal: { kind: 'service', name: source.service },
    action: 'lambda:InvokeFunction',
    resource: functionArn(scope, name, qualifier),
    keys: (key) => (key === 'aws:sourcearn' ? source.sourceArn : key === 'aws:sourceaccount' ? source.sourceAccount : undefined),
  })
  if (compiled.answers.size >= MOST_ANSWERS) compiled.answers.clear()
  compiled.answers.set(question, effect === 'Allow')
  return effect === 'Allow'
}

/** Sources hold request paths, which a client can make up: no more of them are remembered than this. */
const MOST_ANSWERS = 1000
const compiled = new WeakMap<PolicyRecord, { readonly policy: CompiledPolicy; readonly answers: Map<string, boolean> }>()

function compiledOf(record: PolicyRecord) {
  const known = compiled.get(record)
  if (known) return known
  const policy = compilePolicy({ Version: '2012-10-17', Statement: record.statements })
  const made = { policy, answers: new Map<string, boolean>() }
  compiled.set(record, made)
  return made
}

function put(
  scope: Scope,
  key: string,
  statements: readonly PermissionStatement[],
  { records, ids }: Pick<Ports, 'records' | 'ids'>,
) {
  if (statements.length === 0) records.delete(policies, scope, key)
  else records.put(policies, scope, key, { revisionId: ids.uuid(), statements })
}

function principalOf(written: string, { region }: Scope): PermissionStatement['Principal'] {
  if (written === '*') return '*'
  if (/^\d{12}$/.test(written))
    return { AWS: formatArn({ partition: partitionOf(region), service: 'iam', region: '', account: written, resource: 'root' }) }
  if (/^arn:[^:]+:(iam|sts)::\d{12}:.+$/.test(written)) return { AWS: written }
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com(\.cn)?|amazon\.com|alexa-appkit)$/.test(written)) return { Service: written }
  throw invalid('The provided principal was invalid. Please check the principal and try again.')
}

function conditionOf({ SourceArn, SourceAccount, PrincipalOrgID, EventSourceToken, FunctionUrlAuthType }: WantedPermission) {
  const equals = {
    ...(SourceAccount !== undefined && { 'AWS:SourceAccount': SourceAccount }),
    ...(PrincipalOrgID !== undefined && { 'aws:PrincipalOrgID': PrincipalOrgID }),
    ...(EventSourceToken !== undefined && { 'lambda:EventSourceToken': EventSourceToken }),
    ...(FunctionUrlAuthType !== undefined && { 'lambda:FunctionUrlAuthType': FunctionUrlAuthType }),
  }
  const condition = {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
  }
  return Object.keys(condition).length > 0 ? { Condition: condition } : {}
}
