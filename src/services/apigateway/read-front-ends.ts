import type { NamedFrontEnd } from '#core/net/aws-names.ts'
import type { Records } from '#kit/records.ts'
import { domainNames } from './domains/domain-names.ts'

/** The front ends of the region's public custom domain names, of every account. Private ones have none: their endpoints lead to them. */
export function readFrontEnds({ records }: { readonly records: Records }, region: string): readonly NamedFrontEnd[] {
  return records
    .all(domainNames)
    .flatMap(({ scope, value: { frontEnd, type } }) =>
      scope.region === region && frontEnd && type !== 'PRIVATE' ? [{ name: frontEnd.name, type }] : [],
    )
}
