import { dnsSuffixOf } from '../aws/scope.ts'

/**
 * What the certificate of an `execute-api` interface endpoint covers, its subject first: the APIs' default and alias names and the names
 * of the region's endpoints, one label each. The apex `execute-api.{region}.…` is not among them: clients that use it fail, on AWS too.
 */
export function endpointCertificateNames(region: string): readonly string[] {
  const suffix = dnsSuffixOf(region)
  return [`*.execute-api.${region}.${suffix}`, `*.execute-api.${region}.vpce.${suffix}`]
}

/** Postern's own names for a loopback port, which curl and browsers resolve to this machine by themselves. */
export function loopbackCertificateNames(region: string): readonly string[] {
  return [
    `*.execute-api.${region}.localhost`,
    `*.execute-api.${region}.${dnsSuffixOf(region)}.localhost`,
    'localhost',
    '127.0.0.1',
    '::1',
  ]
}
