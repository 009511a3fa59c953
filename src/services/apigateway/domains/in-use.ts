import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import { badRequest } from '../refusals.ts'
import { type DomainName, domainNames, type Mapping } from './domain-names.ts'

/** An API cannot cease to be private while private domain names lead to it. unverified: the words. */
export function refusePublicWhileMapped(apiId: string, scope: Scope, { records }: Pick<Ports, 'records'>): void {
  const leads = ({ type, mappings }: DomainName) =>
    type === 'PRIVATE' && Object.values(mappings).some(({ restApiId }) => restApiId === apiId)
  const names = records.list(domainNames, scope).flatMap(({ value }) => (leads(value) ? [value.name] : []))
  if (names.length > 0)
    throw badRequest(
      `Cannot change the endpoint type of an API that is mapped to private custom domain names: ${names.join(', ')}`,
    )
}

/** An API or a stage that domain names lead to cannot go. The words for a stage are reported from AWS; unverified: those for an API. */
export function refuseWhileMapped(
  apiId: string,
  stageName: string | undefined,
  scope: Scope,
  { records }: Pick<Ports, 'records'>,
): void {
  const leads = ({ restApiId, stage }: Mapping) => restApiId === apiId && (stageName === undefined || stage === stageName)
  const names = records
    .list(domainNames, scope)
    .filter(({ value }) => Object.values(value.mappings).some(leads))
    .map(({ value }) => value.name)
    .join(', ')
  if (names === '') return
  const [what, which] = stageName === undefined ? ['RestApi', 'RestApi'] : [`stage ${stageName}`, 'stage']
  throw badRequest(
    `Deleting ${what} failed. Please remove all base path mappings related to the ${which} in your domains: ${names}`,
  )
}
