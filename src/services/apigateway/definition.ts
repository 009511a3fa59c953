import type { AwsError } from '#core/aws/aws-error.ts'
import type { Source } from '#core/aws/reason.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import { table } from '#kit/records.ts'
import type { Authorizer, Method, Model, RequestValidator } from '#services/models/apigateway.ts'
import { notFound } from './refusals.ts'

/**
 * What an API consists of while it is edited: nothing here answers requests before a deployment has frozen it. One record per API, so
 * that a change of several parts is stored wholly or not at all, and freezing reads one record.
 */
export interface Definition {
  readonly resources: Readonly<Record<string, Resource>>
  /** By name. */
  readonly models: Readonly<Record<string, Model>>
  readonly requestValidators: Readonly<Record<string, RequestValidator>>
  readonly authorizers: Readonly<Record<string, Authorizer>>
  /** Those that were customized, by response type. */
  readonly gatewayResponses: Readonly<Record<string, GatewayResponse>>
}

/** A node of the path tree. Its path follows from its parents and is never stored: renaming a parent moves all below it. */
export interface Resource {
  readonly id: string
  readonly parentId?: string
  readonly pathPart?: string
  readonly methods: Readonly<Record<string, Method>>
  /** Where a template wrote the methods, by HTTP method. */
  readonly sources?: Readonly<Record<string, Source>>
}

/** A customized answer to a denial. */
export interface GatewayResponse {
  readonly statusCode?: string | undefined
  readonly responseParameters: Readonly<Record<string, string>>
  readonly responseTemplates: Readonly<Record<string, string>>
}

export const definitions = table<Definition>('apigateway/definitions')

type Reach = Pick<Ports, 'records'>

/** Most operations below an API tell an unknown API as an unknown resource; `findDefinition` leaves the words to them. */
export function findDefinition(apiId: string, scope: Scope, { records }: Reach): Definition | undefined {
  return records.get(definitions, scope, apiId)
}

export function getDefinition(apiId: string, scope: Scope, ports: Reach, unknown?: AwsError): Definition {
  const definition = findDefinition(apiId, scope, ports)
  if (!definition) throw unknown ?? invalidApi(apiId, scope)
  return definition
}

export function saveDefinition(apiId: string, definition: Definition, scope: Scope, { records }: Reach): void {
  records.put(definitions, scope, apiId, definition)
}

/** Reads, changes and stores in one go; a refusal thrown by `change` stores nothing. */
export function changeDefinition(
  apiId: string,
  scope: Scope,
  ports: Reach,
  change: (definition: Definition) => Definition,
  unknown?: AwsError,
): Definition {
  const changed = change(getDefinition(apiId, scope, ports, unknown))
  saveDefinition(apiId, changed, scope, ports)
  return changed
}

export function invalidApi(apiId: string, { account }: Scope) {
  return notFound(`Invalid API identifier specified ${account}:${apiId}`)
}

export const invalidResource = () => notFound('Invalid Resource identifier specified')

/** The API as it is made: a root without methods. Only CreateRestApi adds the default models; an import brings its own. */
export function emptyDefinition(rootResourceId: string): Definition {
  return {
    resources: { [rootResourceId]: { id: rootResourceId, methods: {} } },
    models: {},
    requestValidators: {},
    authorizers: {},
    gatewayResponses: {},
  }
}
