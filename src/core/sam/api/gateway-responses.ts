import { isMap, type ValueMap } from '../../template/value.ts'
import { put } from '../copy.ts'
import { expectMap, ofProperty } from '../expect.ts'
import { isIntrinsic } from '../intrinsics.ts'
import { editableRestDocument, isRestDocument } from '../openapi/rest-document.ts'
import { str, truthy, typeName } from '../python.ts'
import { beforeChange, madeNow } from '../python2/history.ts'
import { orderedEntries, orderedValues } from '../python2/ordered-entries.ts'
import { own, setOwn } from '../python2/own-words.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'

const RESPONSES = 'x-amazon-apigateway-gateway-responses'
const PARAMETERS = [
  ['Headers', 'header.'],
  ['Paths', 'path.'],
  ['QueryStrings', 'querystring.'],
] as const

/** Writes `GatewayResponses` into the document: what API Gateway itself answers. */
export function addGatewayResponses({ id, properties }: SamResource): void {
  const responses = properties['GatewayResponses']
  if (!isMap(responses) || !truthy(responses)) return
  const document = properties['DefinitionBody']
  if (!truthy(document)) {
    throw invalidResource(id, "GatewayResponses works only with inline Swagger specified in 'DefinitionBody' property.")
  }
  for (const [type] of orderedEntries(responses)) checkResponse(id, responses, type)
  if (!isRestDocument(document)) {
    throw invalidResource(
      id,
      "Unable to add Auth configuration because 'DefinitionBody' does not contain a valid Swagger definition.",
    )
  }
  editableRestDocument(document)
  const found = document[RESPONSES]
  const all: ValueMap = isMap(found) && truthy(found) ? found : {}
  beforeChange(document, all)
  const read = orderedEntries(responses).map(([type, response]): [string, ValueMap] => {
    const settings = response as ValueMap
    checkParameters(id, type, settings)
    return [type, settings]
  })
  for (const [type, settings] of orderedValues(new Map(read.map((entry) => [entry[0], entry])))) {
    const made = gatewayResponse(id, settings)
    madeNow(document, made)
    put(all, type, made)
  }
  if (all !== found) setOwn(document, RESPONSES, all)
}

function checkResponse(id: string, responses: ValueMap, type: string): void {
  const response = responses[type]
  if (isIntrinsic(response)) {
    throw invalidResource(
      id,
      'Unable to set GatewayResponses attribute because intrinsic functions are not supported for this field.',
    )
  }
  if (!isMap(response)) {
    throw invalidResource(
      id,
      `Invalid property type '${typeName(response, responses)}' for GatewayResponses. Expected an object of type 'GatewayResponse'.`,
    )
  }
  const unknown = Object.keys(response).find((key) => !['ResponseParameters', 'ResponseTemplates', 'StatusCode'].includes(key))
  if (unknown !== undefined) {
    throw invalidResource(id, `Invalid property '${unknown}' in 'GatewayResponses' property '${type}'.`)
  }
}

function checkParameters(id: string, type: string, { ResponseParameters: parameters, StatusCode: status }: ValueMap): void {
  if (truthy(parameters)) {
    const written = expectMap(parameters, ofProperty(id), `GatewayResponses.${type}.ResponseParameters`)
    const unknown = Object.keys(written).find((key) => !PARAMETERS.some(([name]) => name === key))
    if (unknown !== undefined) throw invalidResource(id, `Invalid gateway response parameter '${unknown}'`)
  }
  if (truthy(status) && !/^[0-9]{1,3}$/.test(str(status))) {
    throw invalidResource(id, "Property 'StatusCode' must be numeric")
  }
}

function gatewayResponse(id: string, settings: ValueMap): ValueMap {
  const parameters: ValueMap = {}
  const written = isMap(settings['ResponseParameters']) ? settings['ResponseParameters'] : {}
  for (const [name, prefix] of PARAMETERS) {
    if (written[name] === undefined) continue
    for (const [key, value] of orderedEntries(expectMap(written[name], ofProperty(id), `ResponseParameters.${name}`))) {
      put(parameters, `gatewayresponse.${prefix}${key}`, value)
    }
  }
  const status = settings['StatusCode'] ?? null
  const templates = settings['ResponseTemplates']
  return own({
    responseParameters: parameters,
    responseTemplates: truthy(templates) ? templates! : {},
    ...(status !== null && str(status) !== '' && { statusCode: str(status) }),
  })
}
