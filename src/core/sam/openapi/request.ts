import { isList, isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { truthy } from '../python.ts'
import { beforeChange } from '../python2/history.ts'
import { inWrittenOrder, own, setOwn } from '../python2/own-words.ts'
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
      const schema = own({ $ref: `#/definitions/${name}` })
      parametersOf(definition).push(own({ in: 'body', name, schema, ...needed }, 'name', 'required'))
    } else if (truthy(document['openapi']) && isVersion3(document, 'openapi')) {
      const schema = own({ $ref: `#/components/schemas/${name}` })
      const content = own({ 'application/json': own({ schema }) })
      setOwn(definition, 'requestBody', inWrittenOrder(own({ content, ...needed }, 'required')))
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
  if (validators !== found) setOwn(document, VALIDATORS, validators)
  beforeChange(document, validators)
  if (!truthy(validators[name])) {
    setOwn(validators, name, own({ validateRequestBody: body, validateRequestParameters: parameters }), { updated: true })
  }
  for (const definition of definitions) setOwn(definition, VALIDATOR, name, { updated: true })
}

/** Adds the parameters that an event asks for; one named in `caching` becomes part of the cache key. */
export function addRequestParameters(definitions: readonly ValueMap[], parameters: readonly RequestParameter[]): void {
  for (const definition of definitions) {
    for (const { name, required, caching } of parameters) {
      const [place, ...rest] = name.replaceAll('method.request.', '').split('.')
      const isQuery = place === 'querystring'
      const parameter = own(
        { in: isQuery ? 'query' : place!, name: rest.join('.'), required, type: 'string' },
        'name',
        'required',
      )
      if (!isQuery) setOwn(parameter, 'in', place!, { text: false })
      parametersOf(definition).push(parameter)
      if (truthy(caching)) cacheKeysOf(definition).push(name)
    }
  }
}

function parametersOf(definition: ValueMap): ValueList {
  const found = definition['parameters']
  if (isList(found)) return found
  const made: ValueList = []
  setOwn(definition, 'parameters', made)
  return made
}

function cacheKeysOf(definition: ValueMap): ValueList {
  const integration = definition[INTEGRATION] as ValueMap
  const found = integration['cacheKeyParameters']
  if (isList(found)) return found
  const made: ValueList = []
  setOwn(integration, 'cacheKeyParameters', made)
  return made
}
