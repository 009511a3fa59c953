import type { SourceMap } from '../template/position.ts'

/** A custom domain name as the gateway knows it: the APIs behind it are live settings, felt without a deployment. */
export interface CustomDomain {
  readonly arn: string
  /** Lower case; `*.example.com` stands for every name one label below. */
  readonly name: string
  readonly account: string
  readonly region: string
  /** Which front end the name leads to, whatever the types of the APIs behind it. */
  readonly endpointType: 'EDGE' | 'REGIONAL' | 'PRIVATE'
  readonly mappings: readonly BasePathMapping[]
  /** Of a private one only. */
  readonly access?: PrivateAccess
}

/** Who gets to a private custom domain name. */
export interface PrivateAccess {
  /** What policies are asked about, and know as `execute-api:viaDomainArn`. */
  readonly invokeArn: string
  /** Without one nobody may call. */
  readonly policy?: { readonly document: unknown; readonly sources: SourceMap; readonly stack?: string }
  /** The endpoints that lead to it, by the association of the account that each belongs to. */
  readonly endpoints: readonly { readonly endpointId: string; readonly account: string }[]
}

/** Paths that begin with the base path lead to this API. */
export interface BasePathMapping {
  /** Without slashes; empty for `(none)`: whatever no other base path fits. */
  readonly basePath: string
  readonly apiId: string
  /** Absent where callers name the stage themselves, behind the base path. */
  readonly stageName?: string
}

/** The mapping whose base path is the longest that the path begins with, segment by segment. */
export function mappingOf({ mappings }: CustomDomain, fullPath: string): BasePathMapping | undefined {
  let found: BasePathMapping | undefined
  for (const mapping of mappings)
    if (fits(mapping.basePath, fullPath) && mapping.basePath.length >= (found?.basePath.length ?? 0)) found = mapping
  return found
}

function fits(basePath: string, fullPath: string): boolean {
  return basePath === '' || fullPath === `/${basePath}` || fullPath.startsWith(`/${basePath}/`)
}
