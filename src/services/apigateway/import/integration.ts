import type { ValueMap } from '#core/template/value.ts'
import type { Integration, IntegrationResponse, IntegrationType } from '#services/models/apigateway.ts'
import { integrationResponse } from '../integration-responses.ts'
import { integration } from '../integrations.ts'
import { own } from '../own.ts'
import { badRequest } from '../refusals.ts'
import { type Importing, listAt, mapAt, textAt, textsOf } from './importing.ts'

const TYPES: Readonly<Record<string, IntegrationType>> = {
  aws: 'AWS',
  aws_proxy: 'AWS_PROXY',
  http: 'HTTP',
  http_proxy: 'HTTP_PROXY',
  mock: 'MOCK',
}

interface Place {
  readonly resourceId: string
  readonly path: string
  readonly httpMethod: string
}

/** `x-amazon-apigateway-integration`: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html */
export function importedIntegration(importing: Importing, written: ValueMap, place: Place): Integration {
  const type = own(TYPES, textAt(written['type'])?.toLowerCase())
  // unverified: the words.
  if (!type) throw badRequest('Enumeration value for type must be one of: AWS, AWS_PROXY, HTTP, HTTP_PROXY, MOCK')
  const responses = importedResponses(importing, mapAt(importing, written['responses']))
  return integration(
    {
      type,
      httpMethod: textAt(written['httpMethod'])?.toUpperCase(),
      uri: textAt(written['uri']),
      connectionType: textAt(written['connectionType'])?.toUpperCase() as Integration['connectionType'],
      connectionId: textAt(written['connectionId']),
      credentials: textAt(written['credentials']),
      requestParameters: importedParameters(importing, written['requestParameters'], place),
      requestTemplates: texts(importing, written['requestTemplates']),
      passthroughBehavior: textAt(written['passthroughBehavior'])?.toUpperCase(),
      contentHandling: textAt(written['contentHandling'])?.toUpperCase() as Integration['contentHandling'],
      timeoutInMillis: number(textAt(written['timeoutInMillis'])),
      cacheNamespace: textAt(written['cacheNamespace']),
      cacheKeyParameters: listAt(importing, written['cacheKeyParameters']).map(String),
      integrationResponses: Object.keys(responses).length > 0 ? responses : undefined,
    },
    place.resourceId,
  )
}

/** A mapping that is no text is left out, and warned of. */
function importedParameters(importing: Importing, node: ValueMap[string] | undefined, { path, httpMethod }: Place) {
  const written = Object.entries(mapAt(importing, node))
  const parameters = written.filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  for (const [name, value] of written) {
    if (typeof value === 'string') continue
    importing.warnings.push(
      `Invalid format for 'requestParameters'. Expected type string for property '${name}' of resource '${path}' and method '${httpMethod}' but got '${textAt(value) ?? JSON.stringify(value)}'`,
    )
  }
  return parameters.length > 0 ? Object.fromEntries(parameters) : undefined
}

/** Written by selection pattern, kept by status code. */
function importedResponses(importing: Importing, written: ValueMap): Record<string, IntegrationResponse> {
  return Object.fromEntries(
    Object.entries(written).map(([pattern, node]) => {
      const response = mapAt(importing, node)
      const statusCode = textAt(response['statusCode']) ?? '200'
      return [
        statusCode,
        integrationResponse({
          statusCode,
          selectionPattern: pattern === 'default' ? undefined : pattern,
          responseParameters: texts(importing, response['responseParameters']),
          responseTemplates: texts(importing, response['responseTemplates']),
          contentHandling: textAt(response['contentHandling'])?.toUpperCase() as IntegrationResponse['contentHandling'],
        }),
      ]
    }),
  )
}

function texts(importing: Importing, node: ValueMap[string] | undefined): Record<string, string> | undefined {
  const map = textsOf(mapAt(importing, node))
  return Object.keys(map).length > 0 ? map : undefined
}

const number = (text: string | undefined) => (text === undefined ? undefined : Number(text))
