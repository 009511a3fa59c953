import { positionedAs } from '../../template/position.ts'
import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { isIntrinsic } from '../intrinsics.ts'
import { truthy } from '../python.ts'
import { beforeChange } from '../python2/history.ts'
import { own, setOwn } from '../python2/own-words.ts'
import { invalidResource, invalidTemplate } from '../refusal.ts'
import { withoutEndingSlashes } from './path-text.ts'
import { ANY_METHOD, INTEGRATION, pathItems, pathsInOrder, pathsOf } from './paths.ts'
import { editableRestDocument, isRestDocument } from './rest-document.ts'

const ANY_ORIGIN = "'*'"
const ALL_METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH']

interface Cors {
  readonly origin: Value | undefined
  /** Whether nobody wrote the origin. */
  readonly originIsOwn: boolean
  readonly headers: Value | undefined
  readonly methods: Value | undefined
  readonly maxAge: Value | undefined
  readonly credentials: boolean
}

/** Gives every path of the document an `OPTIONS` method that answers preflight requests. */
export function addCors(id: string, setting: Value | undefined, document: Value | undefined): void {
  if (!truthy(setting)) return
  if (!truthy(document)) throw invalidResource(id, "Cors works only with inline Swagger specified in 'DefinitionBody' property.")
  const cors = readCors(id, setting)
  if (!isRestDocument(document)) {
    throw invalidResource(
      id,
      "Unable to add Cors configuration because 'DefinitionBody' does not contain a valid Swagger definition.",
    )
  }
  if (cors.credentials && cors.origin === ANY_ORIGIN) {
    throw invalidResource(
      id,
      "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or not set",
    )
  }
  const seen = new Set<string>()
  for (const path of pathsInOrder(editableRestDocument(document))) {
    const normalized = path === '/' ? path : withoutEndingSlashes(path)
    if (seen.has(normalized)) continue
    seen.add(normalized)
    addPreflight(id, document, path, cors)
  }
}

function readCors(id: string, setting: Value | undefined): Cors {
  const none = { headers: undefined, methods: undefined, maxAge: undefined, credentials: false }
  if (typeof setting === 'string' || isIntrinsic(setting)) return { ...none, origin: setting, originIsOwn: false }
  if (!isMap(setting)) throw invalidResource(id, "Invalid value for 'Cors' property")
  const known = ['AllowMethods', 'AllowHeaders', 'AllowOrigin', 'MaxAge', 'AllowCredentials']
  const unknown = Object.keys(setting).find((key) => !known.includes(key))
  if (unknown !== undefined) throw invalidResource(id, `Invalid key '${unknown}' for 'Cors' property.`)
  return {
    origin: setting['AllowOrigin'] === undefined ? ANY_ORIGIN : setting['AllowOrigin'],
    originIsOwn: setting['AllowOrigin'] === undefined,
    headers: setting['AllowHeaders'],
    methods: setting['AllowMethods'],
    maxAge: setting['MaxAge'] ?? undefined,
    credentials: setting['AllowCredentials'] === true,
  }
}

function addPreflight(id: string, document: ValueMap, path: string, cors: Cors): void {
  let { methods } = cors
  for (const item of pathItems(pathsOf(document), path)) {
    if (Object.hasOwn(item, 'options')) continue
    if (!truthy(cors.origin)) {
      throw invalidResource(id, invalidTemplate('Invalid input. Value for AllowedOrigins is required').message)
    }
    if (!truthy(methods)) methods = `'${methodsOfItem(item)}'`
    beforeChange(document, item)
    setOwn(item, 'options', positionedAs(preflightMethod(cors, methods!), item))
  }
}

function methodsOfItem(item: ValueMap): string {
  const methods = Object.hasOwn(item, ANY_METHOD) ? ALL_METHODS : [...Object.keys(item), 'options']
  return [...new Set(methods.map((method) => method.toUpperCase()))].sort().join(',')
}

function preflightMethod(
  { origin, originIsOwn, headers, methods: written, maxAge, credentials }: Cors,
  methods: Value,
): ValueMap {
  const answered: [header: string, value: Value, type: string][] = [['Origin', origin!, 'string']]
  if (truthy(headers)) answered.push(['Headers', headers!, 'string'])
  answered.push(['Methods', methods, 'string'])
  if (maxAge !== undefined) answered.push(['Max-Age', maxAge, 'integer'])
  if (credentials) answered.push(['Credentials', "'true'", 'string'])
  const name = (header: string) => (header === 'Max-Age' ? 'Access-Control-Max-Age' : `Access-Control-Allow-${header}`)
  const ownHeaders = [...(truthy(written) ? [] : ['Methods']), ...(originIsOwn ? ['Origin'] : []), 'Credentials']
  const responseParameters: ValueMap = {}
  for (const [header, value] of answered) {
    setOwn(responseParameters, `method.response.header.${name(header)}`, value, { text: ownHeaders.includes(header) })
  }
  const headers200 = own(Object.fromEntries(answered.map(([header, , type]) => [name(header), own({ type })])))
  const templates = own({ 'application/json': '{}\n' })
  return own({
    summary: 'CORS support',
    consumes: own(['application/json']),
    produces: own(['application/json']),
    [INTEGRATION]: own({
      type: 'mock',
      requestTemplates: own({ 'application/json': '{\n  "statusCode" : 200\n}\n' }),
      responses: own({ default: own({ statusCode: '200', responseParameters, responseTemplates: templates }) }),
    }),
    responses: own({ '200': own({ description: 'Default response for CORS method', headers: headers200 }) }),
  })
}
