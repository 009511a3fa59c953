import { isList, isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { truthy } from '../python.ts'
import { INTEGRATION } from './paths.ts'
import { isVersion3 } from './version.ts'

const VALIDATORS = 'x-amazon-apigateway-request-validators'
const VALIDATOR = 'x-amazon-apigateway-request-validator'

export interface RequestModel {
  readonly model: string
  readonly required: Value | undefined
  readonly validator: { readonly body: boolean; readonly parameters: boolean } | undefined
}

export interface RequestParameter {
  /** `method.request.header.Name` and the like. */
  readonly name: string
  readonly required: Value
  readonly caching: Value
}

/** Names the model of a method's body. Models are known in lower case. */
export function addRequestModel(document: ValueMap, definitions: readonly ValueMap[], { model, required }: RequestModel): void {
  const name = model.toLowerCase()
  const needed: ValueMap = required === undefined ? {} : { required }
  for (const definition of definitions) {
    if ((document['swagger'] ?? null) !== null) {
      parametersOf(definition).push({ in: 'body', name, schema: { $ref: `#/definitions/${name}` }, ...needed })
    } else if (truthy(document['openapi']) && isVersion3(document, 'openapi')) {
      const schema = { $ref: `#/components/schemas/${name}` }
      definition['requestBody'] = { content: { 'application/json': { schema } }, ...needed }
    }
  }
}

/** Lets API Gateway check requests to a method, and adds the validator that does it to the document. */
export function addRequestValidator(
  document: ValueMap,
  definitions: readonly ValueMap[],
  { body, parameters }: { body: boolean; parameters: boolean },
): void {
  const name = body ? (parameters ? 'body-and-params' : 'body-only') : parameters ? 'params-only' : 'no-validation'
  const found = document[VALIDATORS]
  const validators = isMap(found) ? found : {}
  document[VALIDATORS] = validators
  if (!truthy(validators[name])) validators[name] = { validateRequestBody: body, validateRequestParameters: parameters }
  for (const definition of definitions) definition[VALIDATOR] = name
}

export function addRequestParameters(definitions: readonly ValueMap[], parameters: readonly RequestParameter[]): void {
  for (const definition of definitions) {
    for (const { name, required, caching } of parameters) {
      const [place, ...rest] = name.replaceAll('method.request.', '').split('.')
      parametersOf(definition).push({
        in: place === 'querystring' ? 'query' : place!,
        name: rest.join('.'),
        required,
        type: 'string',
      })
      if (truthy(caching)) cacheKeysOf(definition).push(name)
    }
  }
}

function parametersOf(definition: ValueMap): ValueList {
  const found = definition['parameters']
  if (isList(found)) return found
  const made: ValueList = []
  definition['parameters'] = made
  return made
}

function cacheKeysOf(definition: ValueMap): ValueList {
  const integration = definition[INTEGRATION] as ValueMap
  const found = integration['cacheKeyParameters']
  if (isList(found)) return found
  const made: ValueList = []
  integration['cacheKeyParameters'] = made
  return made
}
