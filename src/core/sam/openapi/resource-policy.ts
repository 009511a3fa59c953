import { positionedAs } from '../../template/position.ts'
import { isList, isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { copyOf } from '../copy.ts'
import { sub } from '../intrinsics.ts'
import { includes, str, truthy } from '../python.ts'
import { invalidDocument } from '../refusal.ts'
import { ANY_METHOD, asPattern, pathItems, pathsOf } from './paths.ts'
import { POLICY } from './rest-document.ts'

/** Adds to the document's resource policy what `Auth.ResourcePolicy` says about one path. */
export function addResourcePolicy(document: ValueMap, settings: Value | undefined, path: string, stage: Value): void {
  if (!isMap(settings)) throw invalidDocument('Resource Policy is not a valid dictionary.')
  const policy = policyOf(document)
  const resources = (): ValueList => methodArns(pathsOf(document), path, stage)
  addAccounts(policy, settings['AwsAccountWhitelist'], 'Allow', resources, settings)
  addAccounts(policy, settings['AwsAccountBlacklist'], 'Deny', resources, settings)
  addAddresses(policy, settings['IpRangeWhitelist'], 'NotIpAddress', resources, settings)
  addAddresses(policy, settings['IpRangeBlacklist'], 'IpAddress', resources, settings)
  addNetworks(policy, settings, 'Blacklist', 'StringEquals', resources())
  addNetworks(policy, settings, 'Whitelist', 'StringNotEquals', resources())
}

/** Adds the user's own statements, once for the whole API. */
export function addCustomStatements(document: ValueMap, statements: Value | undefined): void {
  if (!truthy(statements)) return
  const policy = policyOf(document)
  policy['Version'] = '2012-10-17'
  const added = copyOf(statements!)
  if ((policy['Statement'] ?? null) === null) policy['Statement'] = added
  else addStatements(policy, isList(added) ? added : [added], { once: true })
}

function policyOf(document: ValueMap): ValueMap {
  const found = document[POLICY]
  if (isMap(found) && truthy(found)) return found
  const made: ValueMap = {}
  document[POLICY] = made
  return made
}

/** One ARN for each method of the path. Members that are no methods count too: AWS does not tell them apart here. */
function methodArns(paths: ValueMap, path: string, stage: Value): ValueList {
  return pathItems(paths, path)
    .flatMap((item) => Object.keys(item))
    .map((name) => {
      const method = [ANY_METHOD, 'any'].includes(name.toLowerCase()) ? '*' : name.toUpperCase()
      return sub(`execute-api:/\${__Stage__}/${method}${asPattern(path)}`, { __Stage__: stage })
    })
}

function addAccounts(
  policy: ValueMap,
  accounts: Value | undefined,
  effect: string,
  resources: () => ValueList,
  origin: ValueMap,
) {
  if (!truthy(accounts)) return
  if (!isMap(accounts) && !isList(accounts)) throw invalidDocument(`Type of '${str(accounts)}' must be a list or dictionary`)
  const principal: ValueMap = { AWS: isList(accounts) ? copyOf(accounts) : [copyOf(accounts)] }
  const statement = invocation(effect, resources(), principal, origin)
  policy['Version'] = '2012-10-17'
  // AWS leaves a lone statement outside of a list.
  if ((policy['Statement'] ?? null) === null) policy['Statement'] = statement
  else addStatements(policy, [statement], { once: false })
}

function addAddresses(
  policy: ValueMap,
  ranges: Value | undefined,
  operator: 'IpAddress' | 'NotIpAddress',
  resources: () => ValueList,
  origin: ValueMap,
) {
  if (!truthy(ranges)) return
  const condition = { [operator]: { 'aws:SourceIp': isList(ranges) ? copyOf(ranges) : [copyOf(ranges!)] } }
  allowExcept(policy, resources(), condition, origin)
}

/** VPCs and endpoints share one condition, so that both have to match: as on AWS, a list of each does not mean either. */
function addNetworks(
  policy: ValueMap,
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
  const vpcs = [...named.filter((id) => id.startsWith('vpc-')), ...iterated(settings[`IntrinsicVpc${kind}`] ?? [])]
  const endpoints = [...named.filter((id) => id.startsWith('vpce-')), ...iterated(settings[`IntrinsicVpce${kind}`] ?? [])]
  if (vpcs.length === 0 && endpoints.length === 0) return
  const written = (key: string) => settings[key] !== undefined && settings[key] !== null
  const condition: ValueMap = {
    ...((vpcs.length > 0 || written(`IntrinsicVpc${kind}`)) && { 'aws:SourceVpc': vpcs }),
    ...((endpoints.length > 0 || written(`IntrinsicVpce${kind}`)) && { 'aws:SourceVpce': endpoints }),
  }
  allowExcept(policy, resources, { [operator]: condition }, settings)
}

/** As Python walks over a value: a string gives its characters and a map its keys, which is how a scalar `!Ref` goes wrong. */
function iterated(value: Value): ValueList {
  if (isList(value)) return copyOf(value)
  if (isMap(value)) return Object.keys(value)
  return typeof value === 'string' ? [...value] : [value]
}

function allowExcept(policy: ValueMap, resources: ValueList, condition: ValueMap, origin: ValueMap): void {
  policy['Version'] = '2012-10-17'
  const allow = invocation('Allow', resources, '*', origin)
  const deny = { ...invocation('Deny', copyOf(resources), '*', origin), Condition: condition }
  if ((policy['Statement'] ?? null) === null) policy['Statement'] = [allow, deny]
  else addStatements(policy, [allow, deny], { once: true })
}

function invocation(effect: string, resources: ValueList, principal: Value, origin: ValueMap): ValueMap {
  return positionedAs({ Effect: effect, Action: 'execute-api:Invoke', Resource: resources, Principal: principal }, origin)
}

function addStatements(policy: ValueMap, added: ValueList, { once }: { once: boolean }): void {
  const existing = policy['Statement']!
  const statements: ValueList = isList(existing) ? existing : [existing]
  for (const statement of added) if (!once || !includes(statements, statement)) statements.push(statement)
  policy['Statement'] = statements
}
