import type { CreateDomainNameRequest } from '#services/models/apigateway.ts'
import { unsupported } from '../refusals.ts'

/** Refuses what would decide about callers or certificates and that nothing here serves. */
export function refuseUnservedDomain(wanted: CreateDomainNameRequest): void {
  if (wanted.mutualTlsAuthentication) throw unsupported('`mutualTlsAuthentication`')
  if (wanted.certificateBody !== undefined || wanted.certificatePrivateKey !== undefined || wanted.certificateChain !== undefined)
    throw unsupported('a certificate that is uploaded with the domain name')
  if (wanted.endpointAccessMode === 'STRICT') throw unsupported('`endpointAccessMode` STRICT')
  if (wanted.routingMode !== undefined && wanted.routingMode !== 'BASE_PATH_MAPPING_ONLY')
    throw unsupported(`\`routingMode\` ${wanted.routingMode}`)
}
