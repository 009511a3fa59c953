import { isMap, type Value, type ValueMap } from '#core/template/value.ts'
import type { Authorizer, MethodResponse, Model, RequestValidator } from '#services/models/apigateway.ts'
import type { MethodSettings } from '../methods.ts'
import { own } from '../own.ts'
import { variablesOf } from '../paths.ts'
import { type Importing, listAt, mapAt, resolved, textAt } from './importing.ts'
import { modelFor, modelsOfContent } from './schemas.ts'
import { importedSecurity } from './security.ts'

/** What an operation may refer to. */
export interface Declared {
  /** Grows by the schemas that operations write in place. */
  readonly models: Record<string, Model>
  readonly validators: Readonly<Record<string, RequestValidator>>
  readonly authorizers: Readonly<Record<string, Authorizer>>
}

const PLACES: Readonly<Record<string, string>> = { query: 'querystring', header: 'header', path: 'path' }

/** A method's settings from an operation, and from what its path item says for all of its operations. */
export function importedMethod(
  importing: Importing,
  path: string,
  item: ValueMap,
  operation: ValueMap,
  declared: Declared,
): MethodSettings {
  const parameters = [...listAt(importing, item['parameters']), ...listAt(importing, operation['parameters'])].map((node) =>
    mapAt(importing, node),
  )
  const requestModels = {
    ...bodyModels(importing, operation, parameters, declared),
    ...requestBody(importing, operation, declared),
  }
  const requestParameters = requestParametersOf(path, parameters)
  const validatorName = textAt(
    operation['x-amazon-apigateway-request-validator'] ?? importing.document['x-amazon-apigateway-request-validator'],
  )
  const validator = Object.values(declared.validators).find(({ name }) => name === validatorName)
  return {
    ...importedSecurity(importing, operation, declared.authorizers),
    operationName: textAt(operation['operationId']),
    ...(Object.keys(requestParameters).length > 0 && { requestParameters }),
    ...(Object.keys(requestModels).length > 0 && { requestModels }),
    ...(validatorName !== undefined && validator && { requestValidatorId: validator.id }),
  }
}

/** Variables of the path are required parameters, declared or not. */
function requestParametersOf(path: string, parameters: readonly ValueMap[]): Record<string, boolean> {
  const found: Record<string, boolean> = Object.fromEntries(
    variablesOf(path).map((name) => [`method.request.path.${name}`, true]),
  )
  for (const parameter of parameters) {
    const place = own(PLACES, textAt(parameter['in']))
    if (place) found[`method.request.${place}.${textAt(parameter['name'])}`] = parameter['required'] === true
  }
  return found
}

/** Swagger 2.0 writes the body as a parameter, for every type that the operation consumes. */
function bodyModels(importing: Importing, operation: ValueMap, parameters: readonly ValueMap[], { models }: Declared) {
  const body = parameters.find((parameter) => parameter['in'] === 'body')
  const model = body && modelFor(importing, models, body['schema'])
  if (!model) return {}
  return Object.fromEntries(typesOf(importing, operation, 'consumes').map((type) => [type, model]))
}

function requestBody(importing: Importing, operation: ValueMap, { models }: Declared) {
  return modelsOfContent(importing, models, mapAt(importing, mapAt(importing, operation['requestBody'])['content']))
}

function typesOf(importing: Importing, operation: ValueMap, key: 'consumes' | 'produces'): string[] {
  const types = listAt(importing, operation[key] ?? importing.document[key]).map(String)
  return types.length > 0 ? types : ['application/json']
}

export function importedMethodResponses(
  importing: Importing,
  operation: ValueMap,
  { models }: Declared,
): Record<string, MethodResponse> | undefined {
  const responses: Record<string, MethodResponse> = {}
  for (const [statusCode, node] of Object.entries(mapAt(importing, operation['responses']))) {
    // A method response is for one status; OpenAPI's `default` is for the others, and AWS has no such thing.
    if (!/^[1-5]\d\d$/.test(statusCode)) continue
    const response = mapAt(importing, node)
    const responseParameters = Object.fromEntries(
      Object.keys(mapAt(importing, response['headers'])).map((name) => [`method.response.header.${name}`, false]),
    )
    const responseModels = {
      ...schemaModels(importing, operation, response, models),
      ...contentModels(importing, response, models),
    }
    responses[statusCode] = {
      statusCode,
      ...(Object.keys(responseParameters).length > 0 && { responseParameters }),
      ...(Object.keys(responseModels).length > 0 && { responseModels }),
    }
  }
  return Object.keys(responses).length > 0 ? responses : undefined
}

function schemaModels(importing: Importing, operation: ValueMap, response: ValueMap, models: Record<string, Model>) {
  const model = modelFor(importing, models, response['schema'])
  return model ? Object.fromEntries(typesOf(importing, operation, 'produces').map((type) => [type, model])) : {}
}

function contentModels(importing: Importing, response: ValueMap, models: Record<string, Model>) {
  const content: Value | undefined = resolved(importing, response['content'])
  return isMap(content) ? modelsOfContent(importing, models, content) : {}
}
