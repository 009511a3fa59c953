import { dnsSuffixOf } from '../aws/scope.ts'

/** What a name under `execute-api` says: which API, in which region, and through which endpoint when it is an alias. */
export interface ApiHostname {
  readonly apiId: string
  readonly region: string
  /** Of `{api}-{vpce}.execute-api.…`. */
  readonly endpointId?: string
}

const NAME = /^([a-z0-9]+)(?:-(vpce-[0-9a-f]+))?\.execute-api\.([a-z0-9-]+)\.(.+)$/

/**
 * Reads the name of an API. The whole name counts: `.com` where the region's suffix is `.com.cn` names nothing (seen on AWS in 2020).
 * Names that end in `.localhost` are Postern's own, since curl and browsers resolve them to this machine.
 */
export function parseApiHostname(hostname: string): ApiHostname | undefined {
  const [, apiId, endpointId, region, suffix] = NAME.exec(hostname) ?? []
  if (apiId === undefined || region === undefined) return undefined
  const expected = dnsSuffixOf(region)
  if (suffix !== expected && suffix !== 'localhost' && suffix !== `${expected}.localhost`) return undefined
  return { apiId, region, ...(endpointId !== undefined && { endpointId }) }
}

/** The name in a `Host` header: lower case, without port and final dot. */
export function hostnameOf(host: string): string {
  const colon = host.indexOf(':')
  const name = colon < 0 ? host : host.slice(0, colon)
  return (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase()
}

/** Whether a request with this `Host` is for an API and not for the AWS API itself. */
export function namesExecuteApi(host: string): boolean {
  return /(^|\.)execute-api\.[a-z0-9-]+\./.test(hostnameOf(host))
}
