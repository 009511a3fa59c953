import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { member } from '../copy.ts'
import { expectList, expectMap, ofEvent, ofProperty } from '../expect.ts'
import { addCustomStatements, addPathStatements, resourcePolicyOf, type StageName } from '../openapi/resource-policy.ts'
import { setMethodAuthorizer } from '../openapi/security.ts'
import { str, truthy } from '../python.ts'
import { EventRefusal } from '../refusal.ts'
import type { Transformation } from '../transformation.ts'

export interface MethodAuth {
  readonly event: string
  readonly auth: ValueMap
  /** The API's properties: authorizers are defined there. */
  readonly api: ValueMap
  readonly apiId: string
  readonly method: string
  readonly path: string
  readonly stage: StageName
  readonly document: ValueMap
}

/** Refuses an event's `Auth` that asks for what the API does not have. */
export function checkMethodAuth(settings: MethodAuth, { resolveOnce }: Transformation): void {
  const { event, auth, api, method, path } = settings
  const resolved = resolveOnce(api['Auth'] ?? null)
  const apiAuth = isMap(resolved) ? resolved : {}
  if (truthy(auth['Authorizer'])) checkAuthorizer(settings, apiAuth)
  if (truthy(auth['AuthorizationScopes'])) {
    expectList(auth['AuthorizationScopes'], ofEvent(event), 'Auth.AuthorizationScopes')
    if (!truthy(auth['Authorizer'])) throw new EventRefusal(event, 'AuthorizationScopes works only when Authorizer is set')
  }
  const apiKey = auth['ApiKeyRequired'] ?? null
  if (apiKey !== null && !truthy(apiKey) && !truthy(apiAuth['ApiKeyRequired'])) {
    throw new EventRefusal(
      event,
      `Unable to set ApiKeyRequired [False] on API method [${method}] for path [${path}] because the related API does not specify any ApiKeyRequired.`,
    )
  }
  if (truthy(auth['ResourcePolicy'])) expectMap(auth['ResourcePolicy'], ofProperty(event), 'Auth.ResourcePolicy')
}

/** Writes an event's own `Auth` to its method: authorizer, scopes, API key and resource policy. */
export function applyMethodAuth({ auth, api, method, path, stage, document }: MethodAuth, transformation: Transformation): void {
  if (truthy(auth['Authorizer']) || (auth['ApiKeyRequired'] ?? null) !== null) {
    setMethodAuthorizer(document, path, method, auth, api)
  }
  const policy = auth['ResourcePolicy']
  if (!isMap(policy) || !truthy(policy)) return
  const edited = resourcePolicyOf(document, transformation)
  addPathStatements(edited, policy, path, stage)
  addCustomStatements(edited, policy['CustomStatements'])
}

function checkAuthorizer({ event, auth, apiId, method, path }: MethodAuth, apiAuth: ValueMap): void {
  const authorizer = auth['Authorizer']!
  const authorizers = apiAuth['Authorizers']
  if (!isMap(authorizers) && truthy(authorizers)) expectMap(authorizers, ofProperty(apiId), 'Auth.Authorizers')
  if (authorizer === 'AWS_IAM') return
  const isDefined = typeof authorizer === 'string' && isMap(authorizers) && truthy(member(authorizers, authorizer))
  if (isDefined && authorizer !== 'NONE') return
  const refuse = (because: string) =>
    new EventRefusal(
      event,
      `Unable to set Authorizer [${str(authorizer)}] on API method [${method}] for path [${path}] because ${because}`,
    )
  if (authorizer === 'NONE') {
    if (truthy(apiAuth['DefaultAuthorizer'])) return
    throw new EventRefusal(
      event,
      `Unable to set Authorizer on API method [${method}] for path [${path}] because 'NONE' is only a valid value when a DefaultAuthorizer on the API is specified.`,
    )
  }
  if (!truthy(authorizers)) throw refuse('the related API does not define any Authorizers.')
  if (typeof authorizer !== 'string' || !isMap(authorizers)) throw notNamed(event, authorizer, method, path)
  throw refuse("it wasn't defined in the API's Authorizers.")
}

/** The method's authorizer is not a name, or the API has no map of them. */
export function notNamed(event: string, authorizer: Value | undefined, method: string, path: string): EventRefusal {
  return new EventRefusal(
    event,
    `Unable to set Authorizer [${str(authorizer)}] on API method [${method}] for path [${path}]. The method authorizer must be a string with a corresponding dict entry in the api authorizer.`,
  )
}
