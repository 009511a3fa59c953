import type { Value } from '#core/template/value.ts'
import type { ApiKeySourceType, RequestValidator } from '#services/models/apigateway.ts'
import type { GatewayResponse } from '../definition.ts'
import type { WantedEndpoint } from '../endpoint-configuration.ts'
import { checkedResponseType, gatewayResponse } from '../gateway-responses.ts'
import { checkedCompressionSize } from '../rest-apis.ts'
import { attempt, type Importing, listAt, mapAt, resolved, textAt, textsOf } from './importing.ts'

/** What a definition says of the API as a whole; members that it leaves out are absent. */
export interface ImportedSettings {
  readonly name?: string
  readonly description?: string
  readonly version?: string
  readonly policy?: Value
  readonly binaryMediaTypes?: readonly string[]
  readonly minimumCompressionSize?: number
  readonly apiKeySource?: ApiKeySourceType
  readonly endpoint: WantedEndpoint
  readonly disableExecuteApiEndpoint?: boolean
}

export function importedSettings(importing: Importing): ImportedSettings {
  const { document } = importing
  const info = mapAt(importing, document['info'])
  const [name, description, version] = [textAt(info['title']), textAt(info['description']), textAt(info['version'])]
  const policy = resolved(importing, document['x-amazon-apigateway-policy'])
  const types = listAt(importing, document['x-amazon-apigateway-binary-media-types']).map(String)
  const compression = textAt(document['x-amazon-apigateway-minimum-compression-size'])
  const keySource = textAt(document['x-amazon-apigateway-api-key-source'])?.toUpperCase()
  const endpoint = mapAt(importing, document['x-amazon-apigateway-endpoint-configuration'])
  const disabled = textAt(endpoint['disableExecuteApiEndpoint'])
  const ipAddressType = textAt(endpoint['ipAddressType'])
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(version !== undefined && { version }),
    ...(policy !== undefined && { policy }),
    ...(types.length > 0 && { binaryMediaTypes: types }),
    ...(compression !== undefined && { minimumCompressionSize: checkedCompressionSize(Number(compression)) ?? 0 }),
    ...((keySource === 'HEADER' || keySource === 'AUTHORIZER') && { apiKeySource: keySource }),
    endpoint: {
      ...(endpoint['vpcEndpointIds'] !== undefined && {
        vpcEndpointIds: listAt(importing, endpoint['vpcEndpointIds']).map(String),
      }),
      ...(ipAddressType !== undefined && { ipAddressType }),
    },
    ...(disabled !== undefined && { disableExecuteApiEndpoint: disabled === 'true' }),
  }
}

/** `x-amazon-apigateway-gateway-responses`, by response type. */
export function importedGatewayResponses(importing: Importing): Record<string, GatewayResponse> {
  const { 'x-amazon-apigateway-gateway-responses': written } = importing.document
  const found: Record<string, GatewayResponse> = {}
  for (const [type, node] of Object.entries(mapAt(importing, written))) {
    const response = mapAt(importing, node)
    attempt(importing, `Unable to put gateway response '${type}'`, undefined, () => {
      found[checkedResponseType(type)] = gatewayResponse({
        statusCode: textAt(response['statusCode']),
        responseParameters: textsOf(mapAt(importing, response['responseParameters'])),
        responseTemplates: textsOf(mapAt(importing, response['responseTemplates'])),
      })
    })
  }
  return found
}

/** `x-amazon-apigateway-request-validators`, by id. */
export function importedValidators(importing: Importing): Record<string, RequestValidator> {
  const { 'x-amazon-apigateway-request-validators': written } = importing.document
  return Object.fromEntries(
    Object.entries(mapAt(importing, written)).map(([name, node]) => {
      const { validateRequestBody, validateRequestParameters } = mapAt(importing, node)
      const id = importing.ids.alphanumeric(6)
      return [
        id,
        {
          id,
          name,
          validateRequestBody: validateRequestBody === true,
          validateRequestParameters: validateRequestParameters === true,
        },
      ]
    }),
  )
}
