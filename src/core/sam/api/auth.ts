import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { authorizerPermission } from '../authorizers/lambda.ts'
import { type RestAuthorizer, readRestAuthorizers } from '../authorizers/rest-authorizer.ts'
import { securityDefinition } from '../authorizers/security-definition.ts'
import { put } from '../copy.ts'
import type { GeneratedResource } from '../generated-resource.ts'
import { ref } from '../intrinsics.ts'
import { pathsInOrder } from '../openapi/paths.ts'
import { addCustomStatements, addPathStatements, resourcePolicyOf, type StageName } from '../openapi/resource-policy.ts'
import { editableRestDocument, isRestDocument } from '../openapi/rest-document.ts'
import { addApiKeyDefinition, securityDefinitions, setDefaultApiKey, setDefaultAuthorizer } from '../openapi/security.ts'
import { truthy } from '../python.ts'
import { madeNow } from '../python2/history.ts'
import { isOwnText } from '../python2/own-words.ts'
import { invalidDocument, invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'
import { upgradeDocument } from './upgrade-document.ts'

const KNOWN = [
  'Authorizers',
  'DefaultAuthorizer',
  'InvokeRole',
  'AddDefaultAuthorizerToCorsPreflight',
  'AddApiKeyRequiredToCorsPreflight',
  'ApiKeyRequired',
  'ResourcePolicy',
  'UsagePlan',
]

/** Writes the API's `Auth` into its document: authorizers, API keys, resource policy. */
export function addAuth({ id, properties }: SamResource, transformation: Transformation): void {
  const auth = properties['Auth']
  if (!truthy(auth)) return
  const body = properties['DefinitionBody']
  const refuse = (text: string) => invalidResource(id, text)
  if (!truthy(body)) throw refuse("Auth works only with inline Swagger specified in 'DefinitionBody' property.")
  if (!isMap(auth) || !Object.keys(auth).every((key) => KNOWN.includes(key))) throw refuse("Invalid value for 'Auth' property")
  if (!isRestDocument(body)) {
    throw refuse("Unable to add Auth configuration because 'DefinitionBody' does not contain a valid Swagger definition.")
  }
  const document = editableRestDocument(body)
  const authorizers = readRestAuthorizers(id, auth['Authorizers'], auth['DefaultAuthorizer'])
  if (authorizers.length > 0) {
    const definitions = securityDefinitions(document)
    for (const authorizer of authorizers) {
      const definition = securityDefinition(authorizer, transformation.partition)
      madeNow(document, definition)
      put(definitions, authorizer.name, definition)
    }
    addDefaultAuthorizer(id, document, authorizers, auth)
  }
  if (truthy(auth['ApiKeyRequired'])) {
    addApiKeyDefinition(document)
    const onPreflight = truthy(withDefault(auth['AddApiKeyRequiredToCorsPreflight'], true))
    for (const path of pathsInOrder(document)) setDefaultApiKey(document, path, onPreflight)
  }
  addPolicy(document, auth['ResourcePolicy'], stageOf(properties), transformation)
  upgradeDocument(document, properties['OpenApiVersion'], transformation)
}

function stageOf(properties: ValueMap): StageName {
  return { name: properties['StageName']!, isOwn: isOwnText(properties, 'StageName') }
}

const withDefault = (value: Value | undefined, otherwise: Value) => (value === undefined ? otherwise : value)

function addPolicy(document: ValueMap, policy: Value | undefined, stage: StageName, transformation: Transformation): void {
  if (!truthy(policy)) return
  if (!isMap(policy)) throw invalidDocument('ResourcePolicy must be a map (ResourcePolicyStatement).')
  const edited = resourcePolicyOf(document, transformation)
  for (const path of pathsInOrder(document)) addPathStatements(edited, policy, path, stage)
  addCustomStatements(edited, policy['CustomStatements'])
}

function addDefaultAuthorizer(id: string, document: ValueMap, authorizers: readonly RestAuthorizer[], auth: ValueMap): void {
  const name = auth['DefaultAuthorizer']
  if (!truthy(name)) return
  if (typeof name !== 'string') throw invalidResource(id, 'DefaultAuthorizer is not a string.')
  const found = authorizers.find((authorizer) => authorizer.name === name)
  if (!found && name !== 'AWS_IAM') {
    throw invalidResource(id, `Unable to set DefaultAuthorizer because '${name}' was not defined in 'Authorizers'.`)
  }
  const onPreflight = truthy(withDefault(auth['AddDefaultAuthorizerToCorsPreflight'], true))
  const known = new Set(['AWS_IAM', ...authorizers.map((authorizer) => authorizer.name)])
  for (const path of pathsInOrder(document)) {
    setDefaultAuthorizer(document, path, { name, scopes: found?.scopes ?? [], known, onPreflight })
  }
}

/** Lets the API call the functions of its authorizers. */
export function authorizerPermissions(
  { id, properties, inherited }: SamResource,
  { partition }: Transformation,
): GeneratedResource[] {
  const auth = properties['Auth']
  if (!isMap(auth)) return []
  return readRestAuthorizers(id, auth['Authorizers'])
    .filter(({ settings }) => truthy(settings['FunctionArn']) && settings['DisableFunctionDefaultPermissions'] !== true)
    .map(({ name, settings }) =>
      authorizerPermission(`${id}${name}AuthorizerPermission`, settings['FunctionArn']!, ref(id), {
        partition,
        attributes: inherited,
      }),
    )
}
