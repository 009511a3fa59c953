import { isMap, type Value, type ValueMap } from '#core/template/value.ts'
import type { Authorizer, AuthorizerType } from '#services/models/apigateway.ts'
import type { MethodSettings } from '../methods.ts'
import { own } from '../own.ts'
import { type Importing, listAt, mapAt, textAt } from './importing.ts'

const AUTHORIZER_TYPES: Readonly<Record<string, AuthorizerType>> = {
  token: 'TOKEN',
  request: 'REQUEST',
  cognito_user_pools: 'COGNITO_USER_POOLS',
}

/** The security schemes of the document, in either version's place. */
export function schemesOf(importing: Importing): ValueMap {
  const { securityDefinitions, components } = importing.document
  return mapAt(importing, securityDefinitions ?? mapAt(importing, components)['securitySchemes'])
}

/** Every scheme with `x-amazon-apigateway-authorizer` becomes an authorizer, used or not; by id. */
export function importedAuthorizers(importing: Importing): Record<string, Authorizer> {
  const authorizers: Record<string, Authorizer> = {}
  for (const [name, node] of Object.entries(schemesOf(importing))) {
    const scheme = mapAt(importing, node)
    const extension = scheme['x-amazon-apigateway-authorizer']
    if (extension === undefined) continue
    const authorizer = importedAuthorizer(importing, name, scheme, mapAt(importing, extension))
    if (authorizer) authorizers[authorizer.id] = authorizer
  }
  return authorizers
}

function importedAuthorizer(importing: Importing, name: string, scheme: ValueMap, written: ValueMap) {
  const type = own(AUTHORIZER_TYPES, textAt(written['type'])?.toLowerCase())
  if (!type) {
    // unverified: the words.
    importing.warnings.push(`Authorizer type '${textAt(written['type'])}' of '${name}' is not supported. Ignoring.`)
    return undefined
  }
  const ttl = textAt(written['authorizerResultTtlInSeconds'])
  const header = textAt(scheme['in']) === 'query' ? 'querystring' : 'header'
  return {
    id: importing.ids.alphanumeric(6),
    name,
    type,
    ...(type === 'COGNITO_USER_POOLS' && { providerARNs: listAt(importing, written['providerARNs']).map(String) }),
    authType: textAt(scheme['x-amazon-apigateway-authtype']),
    authorizerUri: textAt(written['authorizerUri']),
    authorizerCredentials: textAt(written['authorizerCredentials']),
    identitySource: textAt(written['identitySource']) ?? `method.request.${header}.${textAt(scheme['name'])}`,
    identityValidationExpression: textAt(written['identityValidationExpression']),
    authorizerResultTtlInSeconds: ttl === undefined ? undefined : Number(ttl),
  }
}

/** Who may call the operation: its own `security`, else the document's, else nobody is asked. */
export function importedSecurity(
  importing: Importing,
  operation: ValueMap,
  authorizers: Readonly<Record<string, Authorizer>>,
): Pick<MethodSettings, 'authorizationType' | 'authorizerId' | 'authorizationScopes' | 'apiKeyRequired'> {
  const schemes = schemesOf(importing)
  const explicit = textAt(mapAt(importing, operation['x-amazon-apigateway-auth'])['type'])?.toUpperCase()
  let settings: ReturnType<typeof importedSecurity> = explicit === undefined ? {} : { authorizationType: explicit }
  for (const requirement of listAt(importing, operation['security'] ?? importing.document['security'])) {
    if (!isMap(requirement)) continue
    for (const [name, scopes] of Object.entries(requirement)) {
      const scheme = mapAt(importing, own(schemes, name))
      settings = { ...settings, ...required(name, scheme, scopes, authorizers) }
    }
  }
  return settings
}

function required(name: string, scheme: ValueMap, scopes: Value, authorizers: Readonly<Record<string, Authorizer>>) {
  const authorizer = Object.values(authorizers).find((other) => other.name === name)
  if (authorizer) {
    const isCognito = authorizer.type === 'COGNITO_USER_POOLS'
    return {
      authorizationType: isCognito ? 'COGNITO_USER_POOLS' : 'CUSTOM',
      authorizerId: authorizer.id,
      ...(isCognito && Array.isArray(scopes) && scopes.length > 0 && { authorizationScopes: scopes.map(String) }),
    }
  }
  if (textAt(scheme['x-amazon-apigateway-authtype'])?.toLowerCase() === 'awssigv4') return { authorizationType: 'AWS_IAM' }
  const isKey = textAt(scheme['type']) === 'apiKey' && textAt(scheme['name'])?.toLowerCase() === 'x-api-key'
  return isKey ? { apiKeyRequired: true } : {}
}
