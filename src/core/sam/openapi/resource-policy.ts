import { positionedAs } from '../../template/position.ts'
import { isList, isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { copyOf } from '../copy.ts'
import { iterated, str, truthy } from '../python.ts'
import { beforeChange, madeNow } from '../python2/history.ts'
import { memberOrder } from '../python2/key-order.ts'
import { own, setOwn } from '../python2/own-words.ts'
import { invalidDocument } from '../refusal.ts'
import type { Transformation } from '../transformation.ts'
import { ANY_METHOD, asPattern, pathItems, pathsOf } from './paths.ts'
import { POLICY } from './rest-document.ts'

/** The stage that a policy's ARNs name. */
export interface StageName {
  readonly name: Value
  /** Whether SAM gave the name. */
  readonly isOwn: boolean
}

/** A document's resource policy, ready for statements. */
export interface EditedPolicy {
  readonly document: ValueMap
  /** Part of the document as soon as something was to be said about a path. */
  readonly policy: ValueMap
  readonly transformation: Pick<Transformation, 'appendOnce' | 'spend'>
}

/** The document's policy, or a new one that is not in the document yet. */
export function resourcePolicyOf(document: ValueMap, transformation: EditedPolicy['transformation']): EditedPolicy {
  const found = document[POLICY]
  const policy = isMap(found) && truthy(found) ? found : {}
  beforeChange(document, policy)
  return { document, policy, transformation }
}

/** Adds what `Auth.ResourcePolicy` says about one path. */
export function addPathStatements(edited: EditedPolicy, settings: ValueMap, path: string, stage: StageName): void {
  setOwn(edited.document, POLICY, edited.policy)
  const arns = methodArns(edited.document, path, stage)
  // They are read, copied, compared and printed for each path.
  edited.transformation.spend(settings, 10)
  edited.transformation.spend(arns)
  const resources = (): ValueList => copyOf(arns)
  addAccounts(edited, settings['AwsAccountWhitelist'], 'Allow', resources, settings)
  addAccounts(edited, settings['AwsAccountBlacklist'], 'Deny', resources, settings)
  addAddresses(edited, settings['IpRangeWhitelist'], 'NotIpAddress', resources, settings)
  addAddresses(edited, settings['IpRangeBlacklist'], 'IpAddress', resources, settings)
  addNetworks(edited, settings, 'Blacklist', 'StringEquals', resources())
  addNetworks(edited, settings, 'Whitelist', 'StringNotEquals', resources())
}

/** Adds the user's own statements, once for the whole API. */
export function addCustomStatements({ document, policy, transformation }: EditedPolicy, statements: Value | undefined): void {
  if (!truthy(statements)) return
  setOwn(document, POLICY, policy)
  setOwn(policy, 'Version', '2012-10-17')
  const added = copyOf(statements!)
  if ((policy['Statement'] ?? null) === null) {
    setOwn(policy, 'Statement', added)
    return
  }
  const existing = statementsOf(policy)
  for (const statement of isList(added) ? added : [added]) transformation.appendOnce(existing, statement)
}

/** One ARN for each method of the path. Members that are no methods count too: AWS does not tell them apart here. */
function methodArns(document: ValueMap, path: string, { name: stage, isOwn }: StageName): ValueList {
  return pathItems(pathsOf(document), path)
    .flatMap((item) => memberOrder(document, item).map(([name]) => name))
    .map((name) => {
      const method = [ANY_METHOD, 'any'].includes(name.toLowerCase()) ? '*' : name.toUpperCase()
      const variables = own({ __Stage__: stage }, ...(isOwn ? [] : ['__Stage__']))
      return own({ 'Fn::Sub': own([`execute-api:/\${__Stage__}/${method}${asPattern(path)}`, variables], 0) })
    })
}

function addAccounts(
  { document, policy }: EditedPolicy,
  accounts: Value | undefined,
  effect: string,
  resources: () => ValueList,
  origin: ValueMap,
) {
  if (!truthy(accounts)) return
  if (!isMap(accounts) && !isList(accounts)) throw invalidDocument(`Type of '${str(accounts)}' must be a list or dictionary`)
  const principal: ValueMap = own({ AWS: isList(accounts) ? copyOf(accounts) : [copyOf(accounts)] })
  const statement = invocation(document, effect, resources(), principal, origin)
  setOwn(policy, 'Version', '2012-10-17')
  // AWS leaves a lone statement outside of a list.
  if ((policy['Statement'] ?? null) === null) setOwn(policy, 'Statement', statement)
  else statementsOf(policy).push(statement)
}

function addAddresses(
  edited: EditedPolicy,
  ranges: Value | undefined,
  operator: 'IpAddress' | 'NotIpAddress',
  resources: () => ValueList,
  origin: ValueMap,
) {
  if (!truthy(ranges)) return
  const addresses = own({ 'aws:SourceIp': isList(ranges) ? copyOf(ranges) : [copyOf(ranges!)] })
  const condition = own({ [operator]: addresses })
  allowExcept(edited, resources(), condition, origin)
}

/** VPCs and endpoints share one condition, so that both have to match: as on AWS, a list of each does not mean either. */
function addNetworks(
  edited: EditedPolicy,
  settings: ValueMap,
  kind: 'Blacklist' | 'Whitelist',
  operator: 'StringEquals' | 'StringNotEquals',
  resources: ValueList,
) {
  const literal = settings[`SourceVpc${kind}`] ?? []
  if (iterated(literal).some((entry) => typeof entry !== 'string')) {
    throw invalidDocument(
      `SourceVpc${kind} must be a list of strings. Use IntrinsicVpc${kind} instead for values that use Intrinsic Functions`,
    )
  }
  const named = iterated(literal) as string[]
  const vpcs = [...named.filter((id) => id.startsWith('vpc-')), ...copyOf(iterated(settings[`IntrinsicVpc${kind}`] ?? []))]
  const endpoints = [...named.filter((id) => id.startsWith('vpce-')), ...copyOf(iterated(settings[`IntrinsicVpce${kind}`] ?? []))]
  if (vpcs.length === 0 && endpoints.length === 0) return
  const written = (key: string) => settings[key] !== undefined && settings[key] !== null
  const condition: ValueMap = own({
    ...((vpcs.length > 0 || written(`IntrinsicVpc${kind}`)) && { 'aws:SourceVpc': vpcs }),
    ...((endpoints.length > 0 || written(`IntrinsicVpce${kind}`)) && { 'aws:SourceVpce': endpoints }),
  })
  allowExcept(edited, resources, own({ [operator]: condition }), settings)
}

function allowExcept(edited: EditedPolicy, resources: ValueList, condition: ValueMap, origin: ValueMap): void {
  const { document, policy, transformation } = edited
  setOwn(policy, 'Version', '2012-10-17')
  if ((policy['Statement'] ?? null) === null) setOwn(policy, 'Statement', [])
  const statements = statementsOf(policy)
  transformation.appendOnce(statements, invocation(document, 'Allow', resources, '*', origin))
  const deny = invocation(document, 'Deny', copyOf(resources), '*', origin)
  setOwn(deny, 'Condition', condition)
  transformation.appendOnce(statements, deny)
}

function invocation(document: ValueMap, effect: string, resources: ValueList, principal: Value, origin: ValueMap): ValueMap {
  const statement = own({ Effect: effect, Action: 'execute-api:Invoke', Resource: resources, Principal: principal })
  madeNow(document, statement)
  return positionedAs(statement, origin)
}

/** The policy's statements as a list: a lone one is put into a list of its own. */
function statementsOf(policy: ValueMap): ValueList {
  const written = policy['Statement']!
  const statements: ValueList = isList(written) ? written : [written]
  if (statements !== written) setOwn(policy, 'Statement', statements)
  return statements
}
