import { parseArn } from '#core/aws/arn.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import { getDomainName, saveDomainName } from './domains/domain-names.ts'
import { own } from './own.ts'
import { badRequest, notFound } from './refusals.ts'
import { getReleases, saveReleases } from './releases.ts'
import { getRestApi, saveRestApi } from './rest-apis.ts'

type Tags = Readonly<Record<string, string>>
type Reach = Pick<Ports, 'records' | 'dataPlane'>

/** The tags of what an ARN names: `…:/restapis/{api}`, `…:/restapis/{api}/stages/{stage}`, `…:/domainnames/{name}`. */
export function tagsOf(arn: string, scope: Scope, ports: Reach): Tags {
  const { apiId, stageName, domainName } = tagged(arn)
  if (domainName !== undefined) return getDomainName(domainName, scope, ports).tags
  if (stageName === undefined) return getRestApi(apiId, scope, ports).tags
  const stage = own(getReleases(apiId, scope, ports).stages, stageName)
  if (!stage) throw notFound('Invalid stage identifier specified')
  return stage.tags ?? {}
}

export function tag(arn: string, added: Tags, scope: Scope, ports: Reach): void {
  setTags(arn, { ...tagsOf(arn, scope, ports), ...added }, scope, ports)
}

export function untag(arn: string, keys: readonly string[], scope: Scope, ports: Reach): void {
  const left = Object.entries(tagsOf(arn, scope, ports)).filter(([key]) => !keys.includes(key))
  setTags(arn, Object.fromEntries(left), scope, ports)
}

function setTags(arn: string, tags: Tags, scope: Scope, ports: Reach): void {
  const { apiId, stageName, domainName } = tagged(arn)
  if (domainName !== undefined) {
    saveDomainName({ ...getDomainName(domainName, scope, ports), tags }, scope, ports)
    return
  }
  if (stageName === undefined) {
    saveRestApi({ ...getRestApi(apiId, scope, ports), tags }, scope, ports)
    return
  }
  const releases = getReleases(apiId, scope, ports)
  const stage = own(releases.stages, stageName)
  if (stage) saveReleases(apiId, { ...releases, stages: { ...releases.stages, [stageName]: { ...stage, tags } } }, scope, ports)
}

function tagged(arn: string): { apiId: string; stageName: string | undefined; domainName: string | undefined } {
  const { resource = '' } = parseArn(arn) ?? {}
  const [, apiId = '', stageName] = /^\/restapis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(resource) ?? []
  const [, domainName] = /^\/domainnames\/([^/]+)$/.exec(resource) ?? []
  // unverified: the words.
  if (!apiId && domainName === undefined) throw badRequest('Invalid ARN specified in the request')
  return { apiId, stageName, domainName }
}

/** What CloudFormation puts on the APIs and stages that it makes, beside the tags of stack and template. */
export function stackTags(
  logicalId: string,
  stack: { readonly id: string; readonly name: string; readonly tags: Tags },
  own: readonly { readonly Key: string; readonly Value: string }[] = [],
): Tags {
  return {
    ...stack.tags,
    ...Object.fromEntries(own.map(({ Key, Value }) => [Key, Value])),
    'aws:cloudformation:logical-id': logicalId,
    'aws:cloudformation:stack-id': stack.id,
    'aws:cloudformation:stack-name': stack.name,
  }
}
