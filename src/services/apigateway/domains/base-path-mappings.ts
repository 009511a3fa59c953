import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import type { BasePathMapping, PatchOperation } from '#services/models/apigateway.ts'
import { own } from '../own.ts'
import { type PatchRules, patched } from '../patch.ts'
import { badRequest, conflict, notFound } from '../refusals.ts'
import { getReleases } from '../releases.ts'
import { restApis } from '../rest-apis.ts'
import { type DomainName, getDomainName, type Mapping, NONE, saveDomainName } from './domain-names.ts'

type Reach = Pick<Ports, 'records' | 'dataPlane'>

/** A mapping with its place: what callers see of it. */
export interface PlacedMapping extends Mapping {
  /** `(none)` where paths need no prefix. */
  readonly basePath: string
}

export function getMapping(key: string, basePath: string, scope: Scope, ports: Pick<Ports, 'records'>): PlacedMapping {
  const at = basePath || NONE
  const mapping = own(getDomainName(key, scope, ports).mappings, at)
  if (!mapping) throw notFound('Invalid base path mapping identifier specified')
  return { basePath: at, ...mapping }
}

/** In order of their base paths. */
export function listMappings(key: string, scope: Scope, ports: Pick<Ports, 'records'>): PlacedMapping[] {
  return Object.entries(getDomainName(key, scope, ports).mappings)
    .map(([basePath, mapping]) => ({ basePath, ...mapping }))
    .sort((a, b) => (a.basePath < b.basePath ? -1 : 1))
}

export function createMapping(
  key: string,
  { basePath = NONE, ...wanted }: Mapping & { readonly basePath?: string | undefined },
  scope: Scope,
  ports: Reach,
): PlacedMapping {
  const domain = getDomainName(key, scope, ports)
  const at = checkedBasePath(basePath)
  if (own(domain.mappings, at)) throw conflict('Base path already exists for this domain name')
  return put(domain, at, wanted, scope, ports)
}

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateBasePathMapping-Patch */
export function updateMapping(
  key: string,
  basePath: string,
  operations: readonly PatchOperation[] | undefined,
  scope: Scope,
  ports: Reach,
): PlacedMapping {
  return replaceMapping(key, basePath, patched(getMapping(key, basePath, scope, ports), operations, PATCHES), scope, ports)
}

/** Puts a mapping in the place of another of the domain name, perhaps below another base path. */
export function replaceMapping(key: string, basePath: string, wanted: PlacedMapping, scope: Scope, ports: Reach): PlacedMapping {
  const before = getMapping(key, basePath, scope, ports)
  const domain = getDomainName(key, scope, ports)
  const at = checkedBasePath(wanted.basePath)
  if (at !== before.basePath && own(domain.mappings, at)) throw conflict('Base path already exists for this domain name')
  const { [before.basePath]: _moved, ...others } = domain.mappings
  return put({ ...domain, mappings: others }, at, wanted, scope, ports)
}

export function deleteMapping(key: string, basePath: string, scope: Scope, ports: Reach): void {
  const mapping = getMapping(key, basePath, scope, ports)
  const domain = getDomainName(key, scope, ports)
  const { [mapping.basePath]: _gone, ...mappings } = domain.mappings
  saveDomainName({ ...domain, mappings }, scope, ports)
}

function put(domain: DomainName, basePath: string, { restApiId, stage }: Mapping, scope: Scope, ports: Reach): PlacedMapping {
  const api = ports.records.get(restApis, scope, restApiId)
  if (!api) throw badRequest('Invalid REST API identifier specified')
  // unverified: the words.
  if (domain.type === 'PRIVATE' && api.endpoint.type !== 'PRIVATE')
    throw badRequest('Only private APIs can be mapped to a private custom domain name')
  if (stage && !own(getReleases(restApiId, scope, ports).stages, stage)) throw badRequest('Invalid stage identifier specified')
  const mapping: Mapping = { restApiId, ...(stage && { stage }) }
  saveDomainName({ ...domain, mappings: { ...domain.mappings, [basePath]: mapping } }, scope, ports)
  return { basePath, ...mapping }
}

function checkedBasePath(written: string): string {
  const basePath = written || NONE
  if (basePath.includes('/'))
    throw badRequest(
      "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create a multi-level base path mapping, use API Gateway V2.",
    )
  // unverified: the words.
  if (basePath !== NONE && !/^[A-Za-z0-9$\-_.+!*'()]{1,300}$/.test(basePath))
    throw badRequest("Base paths may only contain letters, numbers and one of $-_.+!*'()")
  return basePath
}

const PATCHES: PatchRules<PlacedMapping> = {
  replace: {
    '/basePath': (mapping, basePath) => ({ ...mapping, basePath }),
    '/restapiId': (mapping, restApiId) => ({ ...mapping, restApiId }),
    '/restApiId': (mapping, restApiId) => ({ ...mapping, restApiId }),
    '/stage': (mapping, stage) => ({ ...mapping, stage: stage || undefined }),
  },
}

export const describeMapping = ({ basePath, restApiId, stage }: PlacedMapping): BasePathMapping => ({
  basePath,
  restApiId,
  stage,
})
