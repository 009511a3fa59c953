import { isList, isMap, type Value, type ValueMap } from '../../template/value.ts'
import { copyOf, put } from '../copy.ts'
import { isIntrinsic } from '../intrinsics.ts'
import { editableHttpDocument, isHttpDocument } from '../openapi/http-document.ts'
import { same, str, truthy, typeName } from '../python.ts'
import { invalidDocument, invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'

const CORS = 'x-amazon-apigateway-cors'
const CORS_KEYS = ['AllowOrigins', 'AllowHeaders', 'AllowMethods', 'ExposeHeaders', 'MaxAge', 'AllowCredentials']

/** Writes `CorsConfiguration` into the document: HTTP APIs answer preflight requests themselves. */
export function addHttpCors({ id, properties }: SamResource): void {
  const { CorsConfiguration: setting, DefinitionBody: body } = properties
  if (!truthy(setting)) return
  const refuse = (text: string) => invalidResource(id, text)
  if (!truthy(body)) throw refuse("Cors works only with inline OpenApi specified in 'DefinitionBody' property.")
  const cors: ValueMap =
    typeof setting === 'boolean'
      ? { AllowOrigins: ['*'] }
      : isIntrinsic(setting)
        ? { AllowOrigins: setting }
        : (setting as unknown as ValueMap)
  if (!isMap(cors)) throw refuse("Invalid value for 'Cors' property.")
  const unknown = Object.keys(cors).find((key) => !CORS_KEYS.includes(key))
  if (unknown !== undefined) throw refuse(`Invalid key '${unknown}' for 'Cors' property.`)
  if (!isHttpDocument(body)) {
    throw refuse("Unable to add Cors configuration because 'DefinitionBody' does not contain a valid OpenApi definition.")
  }
  if (cors['AllowCredentials'] === true && same(cors['AllowOrigins'], ['*'])) {
    throw refuse(
      "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or not set.",
    )
  }
  writeCors(editableHttpDocument(body), cors)
}

function writeCors(document: ValueMap, cors: ValueMap): void {
  const existing = document[CORS] === undefined ? {} : document[CORS]
  if (!isMap(existing)) throw invalidDocument(`Value of '${CORS}' must be a dictionary according to Swagger spec.`)
  document[CORS] = existing
  if (isIntrinsic(cors['AllowOrigins'])) {
    // The whole configuration is inside the intrinsic, so the names inside it are put in the document's spelling.
    Object.assign(existing, withLowerNames(cors['AllowOrigins']))
    return
  }
  for (const key of CORS_KEYS) {
    const value = cors[key]
    const wanted = key === 'MaxAge' ? (value ?? null) !== null : key === 'AllowCredentials' ? value === true : truthy(value)
    if (wanted) existing[lower(key)] = value!
  }
}

const lower = (name: string) => name[0]!.toLowerCase() + name.slice(1)

function withLowerNames(value: Value): Value {
  const renamed = (text: string) => CORS_KEYS.reduce((result, key) => result.replaceAll(key, lower(key)), text)
  if (typeof value === 'string') return renamed(value)
  if (isList(value)) return value.map(withLowerNames)
  if (!isMap(value)) return value
  const copy: ValueMap = {}
  for (const [key, member] of Object.entries(value)) put(copy, renamed(key), withLowerNames(member))
  return copy
}

/** Writes the tags into the document, with the one that says who made the API, and answers them. */
export function addHttpTags({ id, properties }: SamResource): Value | undefined {
  const { Tags, DefinitionBody: body } = properties
  const refuse = (text: string) => invalidResource(id, text)
  if (truthy(Tags) && !truthy(body)) {
    throw refuse("Tags works only with inline OpenApi specified in the 'DefinitionBody' property.")
  }
  if (!truthy(body)) return Tags
  if (!isHttpDocument(body)) {
    if (truthy(Tags)) {
      throw refuse("Unable to add `Tags` because 'DefinitionBody' does not contain a valid OpenApi definition.")
    }
    return Tags
  }
  const tags: ValueMap = { ...(isMap(Tags) ? copyOf(Tags) : {}), 'httpapi:createdBy': 'SAM' }
  const document = editableHttpDocument(body)
  const existing = truthy(document['tags']) ? document['tags']! : []
  if (!isList(existing)) {
    throw invalidDocument(
      `Tags in OpenApi DefinitionBody needs to be a list. ${str(existing)} is a ${typeName(existing, document)} not a list.`,
    )
  }
  document['tags'] = existing
  for (const [name, value] of Object.entries(tags)) {
    const known = existing.find((tag) => isMap(tag) && tag['name'] === name)
    if (isMap(known)) known['x-amazon-apigateway-tag-value'] = value
    else existing.push({ name, 'x-amazon-apigateway-tag-value': value })
  }
  return tags
}

/** `Name` and `Description` are the document's title and description, where it has none of its own. */
export function addHttpInfo({ id, properties }: SamResource): void {
  const { Name, Description, DefinitionBody: body } = properties
  const refuse = (text: string) => invalidResource(id, text)
  if (truthy(Name)) {
    if (!truthy(body)) throw refuse("Name works only with inline OpenApi specified in the 'DefinitionBody' property.")
    const info = infoOf(body as ValueMap, (because) => refuse(`Invalid 'DefinitionBody': ${because}.`))
    if (!same(info['title'], { Ref: 'AWS::StackName' })) {
      throw refuse(
        "Unable to set Name because it is already defined within inline OpenAPI specified in the 'DefinitionBody' property.",
      )
    }
    editableHttpDocument(body)
    info['title'] = Name!
  }
  if (truthy(Description)) {
    if (!truthy(body)) throw refuse("Description works only with inline OpenApi specified in the 'DefinitionBody' property.")
    const info = infoOf(body as ValueMap, (because) => refuse(`Invalid 'DefinitionBody': ${because}'.`))
    if (truthy(info['description'])) {
      throw refuse(
        "Unable to set Description because it is already defined within inline OpenAPI specified in the 'DefinitionBody' property.",
      )
    }
    editableHttpDocument(body)['info'] = info
    info['description'] = Description!
  }
}

function infoOf(body: ValueMap, refuse: (because: string) => Error): ValueMap {
  const info = body['info'] ?? {}
  if (!isMap(info)) throw refuse("The value of 'info' should be a map")
  return info
}

/** Writes `DisableExecuteApiEndpoint` into every server of the document. */
export function addHttpEndpoint({ id, properties }: SamResource): void {
  const disabled = properties['DisableExecuteApiEndpoint'] ?? null
  if (disabled === null) return
  if (!truthy(properties['DefinitionBody'])) {
    throw invalidResource(id, "DisableExecuteApiEndpoint works only within 'DefinitionBody' property.")
  }
  const document = editableHttpDocument(properties['DefinitionBody'])
  const servers = document['servers'] === undefined ? [{}] : document['servers']
  for (const server of isList(servers) ? servers : Object.keys(servers ?? '')) {
    if (!isMap(server)) throw invalidDocument("Value of 'servers' item must be a dictionary according to Swagger spec.")
    const name = 'x-amazon-apigateway-endpoint-configuration'
    server[name] = { ...(isMap(server[name]) ? server[name] : {}), disableExecuteApiEndpoint: disabled }
  }
  document['servers'] = servers
}
