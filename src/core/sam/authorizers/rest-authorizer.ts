import { isList, isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { expectFlag, expectList, expectMap, ofProperty } from '../expect.ts'
import { str, truthy } from '../python.ts'
import { orderedEntries, orderedValues } from '../python2/ordered-entries.ts'
import { own } from '../python2/own-words.ts'
import { invalidResource } from '../refusal.ts'

/** An authorizer of a REST API, as `Auth.Authorizers` describes it. */
export interface RestAuthorizer {
  readonly apiId: string
  readonly name: string
  readonly settings: ValueMap
  readonly kind: 'iam' | 'cognito' | 'lambda'
  readonly scopes: ValueList
}

/** The API's authorizers. A default of `AWS_IAM` is one although nobody defines it. */
export function readRestAuthorizers(apiId: string, written: Value | undefined, byDefault?: Value): RestAuthorizer[] {
  const iam: RestAuthorizer[] = byDefault === 'AWS_IAM' ? [{ apiId, name: 'AWS_IAM', settings: {}, kind: 'iam', scopes: [] }] : []
  if (!truthy(written)) return iam
  const named = orderedEntries(expectMap(written, ofProperty(apiId), 'Auth.Authorizers')).map(([name, settings]) =>
    readRestAuthorizer(apiId, name, expectMap(settings, ofProperty(apiId), `Auth.Authorizers.${name}`)),
  )
  const byName = new Map([...iam, ...named].map((authorizer) => [authorizer.name, authorizer]))
  return orderedValues(byName)
}

function readRestAuthorizer(apiId: string, name: string, settings: ValueMap): RestAuthorizer {
  const { FunctionPayloadType: payload, Identity: identity } = settings
  const scopes = settings['AuthorizationScopes'] ?? []
  if ((payload ?? null) !== null && payload !== 'TOKEN' && payload !== 'REQUEST') {
    throw invalidResource(apiId, `${name} Authorizer has invalid 'FunctionPayloadType': ${str(payload)}.`)
  }
  if (payload === 'REQUEST' && lacksIdentity(apiId, name, identity)) {
    throw invalidResource(
      apiId,
      `${name} Authorizer must specify Identity with at least one of Headers, QueryStrings, StageVariables, or Context.`,
    )
  }
  expectList(scopes, ofProperty(apiId), `Authorizers.${name}.AuthorizationScopes`)
  const withoutPermission = settings['DisableFunctionDefaultPermissions'] ?? null
  if (withoutPermission !== null) {
    expectFlag(withoutPermission, ofProperty(apiId), `Authorizers.${name}.DisableFunctionDefaultPermissions`)
  }
  const kind = truthy(settings['UserPoolArn']) ? 'cognito' : 'lambda'
  return { apiId, name, settings, kind, scopes: isList(scopes) ? scopes : [] }
}

/** A request authorizer that caches has to say by what. */
function lacksIdentity(apiId: string, name: string, identity: Value | undefined): boolean {
  if (!truthy(identity)) return true
  const written = expectMap(identity, ofProperty(apiId), `Authorizer.${name}.Identity`)
  const lacks = ['Headers', 'QueryStrings', 'StageVariables', 'Context'].every((source) => !truthy(written[source]))
  const seconds = written['ReauthorizeEvery'] ?? null
  if (seconds === null || isMap(seconds) || isList(seconds)) return lacks
  const whole = Number.parseInt(String(seconds), 10)
  return Number.isNaN(whole) ? lacks : whole > 0 && lacks
}

interface HeaderName {
  readonly name: Value
  readonly isOwn: boolean
}

/** A security definition, with the settings that are API Gateway's own. */
export function authorizerDefinition({ name, isOwn }: HeaderName, kind: string, settings: ValueMap): ValueMap {
  const definition = { type: 'apiKey', name, in: 'header', 'x-amazon-apigateway-authtype': kind }
  return own({ ...definition, 'x-amazon-apigateway-authorizer': settings }, ...(isOwn ? [] : ['name']))
}

/** The header that carries the token. */
export function identityHeader({ apiId, settings }: RestAuthorizer): HeaderName {
  const { Identity: identity } = settings
  if (truthy(identity) && !isMap(identity)) {
    throw invalidResource(
      apiId,
      'Auth.Authorizers.<Authorizer>.Identity must be a dict (LambdaTokenAuthorizationIdentity, LambdaRequestAuthorizationIdentity or CognitoAuthorizationIdentity).',
    )
  }
  const header = isMap(identity) ? identity['Header'] : undefined
  return truthy(header) ? { name: header!, isOwn: false } : { name: 'Authorization', isOwn: true }
}

/** The pattern that a token has to match before anybody is asked about it. */
export function validationExpression({ settings }: RestAuthorizer): ValueMap {
  const { Identity: identity } = settings
  const expression = isMap(identity) ? identity['ValidationExpression'] : undefined
  return truthy(expression) ? { identityValidationExpression: expression! } : {}
}
