import { positionedAs } from '../../template/position.ts'
import { isList, isMap, type Value, type ValueMap } from '../../template/value.ts'
import { hasEdgeEndpoints } from '../arn.ts'
import { put } from '../copy.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { addCors } from '../openapi/cors.ts'
import { editableRestDocument, isRestDocument } from '../openapi/rest-document.ts'
import { isSupportedVersion, isVersion3 } from '../openapi/version.ts'
import { iterated, orNothing, truthy } from '../python.ts'
import { beforeChange, madeNow } from '../python2/history.ts'
import { orderedEntries } from '../python2/ordered-entries.ts'
import { own, setOwn } from '../python2/own-words.ts'
import { invalidDocument, invalidResource } from '../refusal.ts'
import { readS3Location } from '../s3-location.ts'
import type { SamResource } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'
import { addAuth } from './auth.ts'
import { endpointConfiguration } from './endpoint-configuration.ts'
import { addGatewayResponses } from './gateway-responses.ts'
import { upgradeDocument } from './upgrade-document.ts'

/** `AWS::ApiGateway::RestApi`, its document completed by what the other properties ask for. */
export function restApi(api: SamResource, transformation: Transformation): GeneratedResource {
  const { id, properties } = api
  checkDefinition(api)
  const endpoint =
    orNothing(properties['EndpointConfiguration']) ?? (hasEdgeEndpoints(transformation.partition) ? undefined : 'REGIONAL')
  const endpointProperties = endpoint === undefined ? {} : endpointConfiguration(id, endpoint)
  addCors(id, properties['Cors'], properties['DefinitionBody'])
  addAuth(api, transformation)
  addGatewayResponses(api)
  addBinaryMediaTypes(api)
  addModels(api, transformation)
  addDisabledEndpoint(api)
  return generated(
    id,
    'AWS::ApiGateway::RestApi',
    {
      BinaryMediaTypes: properties['BinaryMediaTypes'],
      MinimumCompressionSize: properties['MinimumCompressionSize'],
      ...endpointProperties,
      FailOnWarnings: orNothing(properties['FailOnWarnings']),
      ...definition(api, transformation),
      Name: orNothing(properties['Name']),
      Description: orNothing(properties['Description']),
      Mode: orNothing(properties['Mode']),
      ApiKeySourceType: orNothing(properties['ApiKeySourceType']),
      Policy: orNothing(properties['Policy']),
      SecurityPolicy: orNothing(properties['SecurityPolicy']),
      EndpointAccessMode: orNothing(properties['EndpointAccessMode']),
    },
    { attributes: api.attributes, dependsOn: api.dependsOn },
  )
}

function checkDefinition({ id, properties }: SamResource): void {
  const { DefinitionUri, DefinitionBody, MergeDefinitions, OpenApiVersion } = properties
  const refuse = (text: string) => invalidResource(id, text)
  if (truthy(DefinitionUri) && truthy(DefinitionBody)) {
    throw refuse("Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.")
  }
  if (truthy(DefinitionUri) && truthy(MergeDefinitions)) {
    throw refuse("Cannot set 'MergeDefinitions' to True when using `DefinitionUri`.")
  }
  if (truthy(OpenApiVersion) && !isSupportedVersion(properties, 'OpenApiVersion')) {
    throw refuse("The OpenApiVersion value must be of the format '3.0.0'.")
  }
}

function definition({ id, properties }: SamResource, transformation: Transformation): { Body?: Value; BodyS3Location?: Value } {
  const { DefinitionUri, DefinitionBody, OpenApiVersion } = properties
  if (truthy(DefinitionUri)) return { BodyS3Location: bodyLocation(id, DefinitionUri!) }
  if (!isMap(DefinitionBody) || !truthy(DefinitionBody)) return {}
  upgradeDocument(DefinitionBody, OpenApiVersion, transformation)
  return { Body: DefinitionBody }
}

/** The document in a bucket, in the words of `AWS::ApiGateway::RestApi`. */
export function bodyLocation(id: string, uri: Value): ValueMap {
  const { bucket, key, version } = readS3Location(id, 'DefinitionUri', uri)
  const location: ValueMap = { Bucket: bucket, Key: key, ...(version !== undefined && { Version: version }) }
  return positionedAs(own(location, 'Bucket', 'Key', 'Version'), uri)
}

function addBinaryMediaTypes({ properties }: SamResource): void {
  const { BinaryMediaTypes, DefinitionBody } = properties
  if (!truthy(BinaryMediaTypes) || !truthy(DefinitionBody)) return
  const types = withSlashes(BinaryMediaTypes!)
  setOwn(editableRestDocument(DefinitionBody), 'x-amazon-apigateway-binary-media-types', types, { text: false })
}

/** In a JSON pointer `~1` is a slash, and media types are written so where they stand in one. */
function withSlashes(value: Value): Value {
  if (typeof value === 'string') return value.replaceAll('~1', '/')
  if (isList(value)) return value.map(withSlashes)
  if (!isMap(value)) return value
  const copy: ValueMap = {}
  for (const [key, member] of Object.entries(value)) put(copy, key.replaceAll('~1', '/'), withSlashes(member))
  return copy
}

function addModels({ id, properties }: SamResource, transformation: Transformation): void {
  const { Models, DefinitionBody, OpenApiVersion } = properties
  if (!isMap(Models) || !truthy(Models)) return
  const refuse = (text: string) => invalidResource(id, text)
  if (!truthy(DefinitionBody)) throw refuse("Models works only with inline Swagger specified in 'DefinitionBody' property.")
  if (!isRestDocument(DefinitionBody)) {
    throw refuse("Unable to add Models definitions because 'DefinitionBody' does not contain a valid Swagger definition.")
  }
  if (!Object.values(Models).every(isMap)) throw refuse("Invalid value for 'Models' property")
  const document = editableRestDocument(DefinitionBody)
  const found = document['definitions']
  const definitions: ValueMap = isMap(found) && truthy(found) ? found : {}
  beforeChange(document, definitions)
  for (const [name, schema] of orderedEntries(Models)) {
    if (!truthy((schema as ValueMap)['type'])) throw invalidDocument("'Models' schema is missing 'type'.")
    madeNow(document, schema as ValueMap)
    put(definitions, name.toLowerCase(), schema)
  }
  if (definitions !== found) setOwn(document, 'definitions', definitions)
  upgradeDocument(document, OpenApiVersion, transformation)
}

const ENDPOINT_CONFIGURATION = 'x-amazon-apigateway-endpoint-configuration'

function addDisabledEndpoint({ id, properties }: SamResource): void {
  const disabled = properties['DisableExecuteApiEndpoint'] ?? null
  if (disabled === null) return
  if (!truthy(properties['DefinitionBody'])) {
    throw invalidResource(id, "DisableExecuteApiEndpoint works only within 'DefinitionBody' property.")
  }
  const document = editableRestDocument(properties['DefinitionBody'])
  if (!truthy(document['openapi']) || !isVersion3(document, 'openapi')) {
    disableEndpoint(document, document, disabled, (because) => invalidDocument(`Invalid OpenAPI definition: ${because}.`))
    return
  }
  const servers = document['servers'] === undefined ? [{}] : document['servers']
  setOwn(document, 'servers', servers)
  for (const [index, server] of iterated(servers).entries()) {
    disableEndpoint(document, server, disabled, (because) =>
      invalidDocument(`Invalid OpenAPI definition of 'servers[${index}]': ${because}.`),
    )
  }
}

function disableEndpoint(document: ValueMap, holder: Value, disabled: Value, refuse: (because: string) => Error): void {
  if (!isMap(holder)) throw refuse('It should be a map')
  const configuration = holder[ENDPOINT_CONFIGURATION] === undefined ? {} : holder[ENDPOINT_CONFIGURATION]
  if (!isMap(configuration)) throw refuse(`The value of '${ENDPOINT_CONFIGURATION}' should be a map`)
  beforeChange(document, holder)
  beforeChange(document, configuration)
  setOwn(configuration, 'disableExecuteApiEndpoint', disabled, { text: false })
  setOwn(holder, ENDPOINT_CONFIGURATION, configuration)
}
