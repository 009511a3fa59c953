import { formatArn, parseArn } from '#core/aws/arn.ts'
import { AwsError } from '#core/aws/aws-error.ts'
import { partitionOf, type Scope } from '#core/aws/scope.ts'
import { compilePolicy } from '#core/policy/compile-policy.ts'
import { evaluatePolicy } from '#core/policy/evaluate-policy.ts'
import type { Caller } from '#kit/operation.ts'
import type { Ports } from '#kit/ports.ts'
import type { DomainNameAccessAssociation, ResourceOwner } from '#services/models/apigateway.ts'
import { badRequest, conflict, notFound } from '../refusals.ts'
import { type AccessAssociation, accessAssociations } from './association-record.ts'
import { type DomainName, domainNames, publishDomain } from './domain-names.ts'

type Reach = Pick<Ports, 'records' | 'dataPlane'>

export interface WantedAssociation {
  readonly domainNameArn: string
  readonly accessAssociationSource: string
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/** Lets an endpoint of the caller's lead to a private domain name. Another account's name needs a management policy that says so. */
export function createAssociation(wanted: WantedAssociation, caller: Caller, ports: Reach): AccessAssociation {
  const { domainNameArn, accessAssociationSource: source, tags = {} } = wanted
  const { domain, owner } = domainOf(domainNameArn, caller, ports)
  if (owner.account !== caller.account) checkManagementPolicy(domain, domainNameArn, caller)
  // unverified: the words. Whose endpoint it is counts when requests come through it.
  if (!/^vpce-[0-9a-f]{8,17}$/.test(source)) throw badRequest(`Invalid VPC endpoint ID: ${source}`)
  const hasName = ({ value }: { value: AccessAssociation }) =>
    value.source === source && nameIn(value.domainNameArn) === domain.name
  // unverified: the words.
  if (ports.records.list(accessAssociations, caller).some(hasName))
    throw conflict(`A domain name access association already exists for ${source} and domain name ${domain.name}`)
  const association = { arn: associationArn(domain, source, caller), domainNameArn, source, tags }
  ports.records.put(accessAssociations, caller, association.arn, association)
  publishDomain(domain, owner, ports)
  return association
}

/** Those of the account's own endpoints, and those of other accounts' endpoints with its domain names. */
export function listAssociations(
  owner: ResourceOwner | undefined,
  { account, region }: Scope,
  { records }: Pick<Ports, 'records'>,
): AccessAssociation[] {
  return records
    .all(accessAssociations)
    .filter(({ scope, value }) => {
      if (scope.region !== region) return false
      if (scope.account === account) return owner !== 'OTHER_ACCOUNTS'
      return owner !== 'SELF' && parseArn(value.domainNameArn)?.account === account
    })
    .map(({ value }) => value)
}

/** By the account of the endpoint. */
export function deleteAssociation(arn: string, scope: Scope, ports: Reach): void {
  const association = ports.records.get(accessAssociations, scope, arn)
  // unverified: the words.
  if (!association) throw notFound('Invalid domain name access association identifier specified')
  remove(association, scope, ports)
}

/** By the account of the domain name. */
export function rejectAssociation(arn: string, domainNameArn: string, caller: Scope, ports: Reach): void {
  const { owner } = domainOf(domainNameArn, caller, ports)
  const found = ports.records.all(accessAssociations).find(({ key }) => key === arn)
  if (owner.account !== caller.account || found?.value.domainNameArn !== domainNameArn)
    throw notFound('Invalid domain name access association identifier specified')
  remove(found.value, found.scope, ports)
}

function remove(association: AccessAssociation, scope: Scope, ports: Reach): void {
  ports.records.delete(accessAssociations, scope, association.arn)
  const { domain, owner } = domainOf(association.domainNameArn, scope, ports)
  publishDomain(domain, owner, ports)
}

function domainOf(arn: string, { region }: Scope, { records }: Pick<Ports, 'records'>): { domain: DomainName; owner: Scope } {
  const parsed = parseArn(arn)
  const [, key] = /^\/domainnames\/([^/]+)$/.exec(parsed?.resource ?? '') ?? []
  const owner = parsed && { account: parsed.account, region: parsed.region }
  const domain = owner?.region === region && key !== undefined ? records.get(domainNames, owner, key) : undefined
  if (!owner || domain?.type !== 'PRIVATE') throw notFound('Invalid domain name identifier specified')
  return { domain, owner }
}

const ACTION = 'apigateway:CreateAccessAssociation'

function checkManagementPolicy({ managementPolicy }: DomainName, resource: string, caller: Caller): void {
  const { account, principalArn: arn } = caller
  const keys = (name: string) => (name === 'aws:principalaccount' ? account : name === 'aws:principalarn' ? arn : undefined)
  const allowed =
    managementPolicy &&
    evaluatePolicy(compilePolicy(managementPolicy.document, managementPolicy), {
      principal: { kind: 'aws', account, arn },
      action: ACTION,
      resource,
      keys,
    }).effect === 'Allow'
  // unverified: the words.
  if (!allowed)
    throw new AwsError('AccessDeniedException', `User: ${arn} is not authorized to perform: ${ACTION} on resource: ${resource}`, {
      status: 403,
    })
}

/** unverified: with the domain's id, as AWS's API reference writes it; examples of its CLI leave the id out. */
function associationArn({ name, id }: DomainName, source: string, { account, region }: Scope): string {
  const resource = `/domainnameaccessassociations/domainname/${name}+${id}/vpcesource/${source}`
  return formatArn({ partition: partitionOf(region), service: 'apigateway', region, account, resource })
}

const nameIn = (domainNameArn: string) => /\/domainnames\/([^+]+)/.exec(domainNameArn)?.[1]

export function describeAssociation({ arn, domainNameArn, source, tags }: AccessAssociation): DomainNameAccessAssociation {
  return {
    domainNameAccessAssociationArn: arn,
    domainNameArn,
    accessAssociationSource: source,
    accessAssociationSourceType: 'VPCE',
    tags: Object.keys(tags).length > 0 ? tags : undefined,
  }
}
