import { isList, isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { copyOf, member, put } from '../copy.ts'
import { repr, same, truthy } from '../python.ts'
import { beforeChange } from '../python2/history.ts'
import { own, setOwn } from '../python2/own-words.ts'
import { invalidDocument, invalidTemplate } from '../refusal.ts'
import { methodsAt, methodsOf } from './paths.ts'

const IAM_DEFINITION: ValueMap = own({
  'x-amazon-apigateway-authtype': 'awsSigv4',
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
})
const API_KEY_DEFINITION: ValueMap = own({ type: 'apiKey', name: 'x-api-key', in: 'header' })

/** The document's `securityDefinitions`, made where there are none. */
export function securityDefinitions(document: ValueMap): ValueMap {
  const found = document['securityDefinitions']
  if (!isMap(found) && truthy(found)) throw invalidTemplate('securityDefinitions must be a dictionary.')
  const definitions = isMap(found) && truthy(found) ? found : {}
  if (definitions !== found) setOwn(document, 'securityDefinitions', definitions)
  beforeChange(document, definitions)
  return definitions
}

function addIamDefinition(document: ValueMap): void {
  const definitions = securityDefinitions(document)
  if (!Object.hasOwn(definitions, 'AWS_IAM')) setOwn(definitions, 'AWS_IAM', copyOf(IAM_DEFINITION), { updated: true })
}

export function addApiKeyDefinition(document: ValueMap): void {
  const definitions = securityDefinitions(document)
  if (!Object.hasOwn(definitions, 'api_key')) setOwn(definitions, 'api_key', copyOf(API_KEY_DEFINITION), { updated: true })
}

function existingSecurity(definition: ValueMap, path: string, method: string): ValueList {
  const security = definition['security'] ?? []
  if (isList(security)) return security
  throw invalidDocument(`Type of security for path ${path} method ${method} must be a list`)
}

function securityMaps(security: ValueList, path: string, method: string): ValueMap[] {
  return security.map((entry) => {
    if (isMap(entry)) return entry
    throw invalidDocument(`${repr(entry)} in Security for path ${path} method ${method} is not a valid dictionary.`)
  })
}

const names = (entry: ValueMap, wanted: ReadonlySet<string>) => Object.keys(entry).some((name) => wanted.has(name))

/** The default authorizer of an API, and the scopes that go with it. */
export interface DefaultAuthorizer {
  readonly name: string
  readonly scopes: ValueList
  /** Every name that an authorizer of the API has. */
  readonly known: ReadonlySet<string>
  /** Whether CORS preflight requests have to pass it as well. */
  readonly onPreflight: boolean
}

/** Gives every method of the path the default authorizer, unless the method has one of its own or says `NONE`. */
export function setDefaultAuthorizer(document: ValueMap, path: string, authorizer: DefaultAuthorizer): void {
  const { known } = authorizer
  for (const [method, definition] of methodsOf(document, path)) {
    if (!authorizer.onPreflight && method === 'options') continue
    const entries = securityMaps(existingSecurity(definition, path, method), path, method)
    const others = entries.filter((entry) => !names(entry, known))
    const authorizers = entries.filter((entry) => names(entry, known))
    const none = others.findIndex((entry) => Object.hasOwn(entry, 'NONE'))
    let chosen = authorizers
    if (none >= 0) {
      others.splice(none, 1)
      chosen = []
    } else if (authorizers.length === 0) {
      const entry: ValueMap = {}
      put(entry, authorizer.name, authorizer.scopes)
      chosen = [entry]
    }
    setSecurity(document, definition, [...others, ...chosen])
  }
}

function setSecurity(document: ValueMap, definition: ValueMap, security: ValueList): void {
  if (security.length === 0) return
  setOwn(definition, 'security', security)
  if (isMap(security[0]) && Object.hasOwn(security[0], 'AWS_IAM')) addIamDefinition(document)
}

/** Asks for an API key on every method of the path, unless an event said that its method needs none. */
export function setDefaultApiKey(document: ValueMap, path: string, onPreflight: boolean): void {
  const known = new Set(['api_key', 'api_key_false'])
  for (const [method, definition] of methodsOf(document, path)) {
    const existing = existingSecurity(definition, path, method)
    const entries = securityMaps(existing, path, method)
    const others = entries.filter((entry) => !names(entry, known))
    const exempt = entries.some((entry) => Object.hasOwn(entry, 'api_key_false'))
    const added = exempt || (method === 'options' && !onPreflight) ? [] : [own({ api_key: [] })]
    const security = [...others, ...added]
    if (!same(security, existing)) setOwn(definition, 'security', security)
  }
}

/** What an event's `Auth` asks of its own method. */
export function setMethodAuthorizer(document: ValueMap, path: string, method: string, auth: ValueMap, api: ValueMap): void {
  const apiAuth = api['Auth']
  const authorizers = isMap(apiAuth) ? apiAuth['Authorizers'] : undefined
  const name = auth['Authorizer']
  if (typeof name === 'string' && name !== '') {
    for (const definition of methodsAt(document, path, method)) {
      const entry: ValueMap = {}
      put(entry, name, scopesFor(name, authorizers, auth['AuthorizationScopes']))
      setSecurity(document, definition, [...existingSecurity(definition, path, method), entry])
    }
  }
  const apiKey = auth['ApiKeyRequired'] ?? undefined
  if (apiKey === undefined) return
  for (const definition of methodsAt(document, path, method)) {
    if (truthy(apiKey)) addApiKeyDefinition(document)
    const entry: ValueMap = own(truthy(apiKey) ? { api_key: [] } : { api_key_false: [] })
    setOwn(definition, 'security', [...existingSecurity(definition, path, method), entry])
  }
}

function scopesFor(name: string, authorizers: Value | undefined, own: Value | undefined): Value {
  if (name === 'NONE' || !isMap(authorizers)) return []
  const authorizer = member(authorizers, name) ?? {}
  if (!isMap(authorizer)) throw invalidDocument(`Type of authorizer '${name}' must be a dictionary`)
  if (!Object.hasOwn(authorizers, name)) return []
  return copyOf(own ?? authorizer['AuthorizationScopes'] ?? [])
}
