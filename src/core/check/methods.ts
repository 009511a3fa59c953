import { isList, isMap, memberOf, type Value, type ValueMap } from '../template/value.ts'
import type { Resource } from './subjects.ts'
import { textOf } from './text-of.ts'

/** A method of a REST API, as far as access is concerned. */
export interface Method {
  /** In capitals; `*` for any. */
  readonly httpMethod: string
  /** `/entities/{id}`; nothing where it is put together from resources. */
  readonly path: string | undefined
  /** `API` authorizers decide themselves; nothing where the template leaves it open. */
  readonly authorization: 'NONE' | 'AWS_IAM' | 'COGNITO' | 'CUSTOM' | undefined
}

const VERBS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'x-amazon-apigateway-any-method'])

/** The methods of the API's document, and those that are resources of their own; nothing where the document is not in the template. */
export function methodsOf({ properties }: Resource, resources: readonly Resource[]): readonly Method[] | undefined {
  if (properties['BodyS3Location'] !== undefined) return undefined
  const body = properties['Body']
  const paths = isMap(body) ? (body['paths'] ?? {}) : {}
  if ((isMap(body) && 'Fn::Transform' in body) || !isMap(paths)) return undefined
  const written = Object.entries(paths).flatMap(([path, item]) => methodsAt(path, item, body as ValueMap))
  return [...written, ...resources.map(methodOf)]
}

function methodsAt(path: string, item: Value, document: ValueMap): Method[] {
  if (!isMap(item)) return []
  return Object.entries(item)
    .filter(([name]) => VERBS.has(name.toLowerCase()))
    .map(([name, operation]) => ({
      httpMethod: name.toLowerCase() === 'x-amazon-apigateway-any-method' ? '*' : name.toUpperCase(),
      path,
      authorization: isMap(operation) ? authorizationOf(operation, document) : undefined,
    }))
}

function methodOf({ properties }: Resource): Method {
  const { HttpMethod: verb, AuthorizationType: type } = properties
  const known: Readonly<Record<string, Method['authorization']>> = {
    NONE: 'NONE',
    AWS_IAM: 'AWS_IAM',
    COGNITO_USER_POOLS: 'COGNITO',
    CUSTOM: 'CUSTOM',
  }
  return {
    httpMethod: verb === 'ANY' ? '*' : (textOf(verb) ?? ''),
    path: undefined,
    authorization: type === undefined ? 'NONE' : typeof type === 'string' ? known[type] : undefined,
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html */
function authorizationOf(operation: ValueMap, document: ValueMap): Method['authorization'] {
  const extension = operation['x-amazon-apigateway-auth']
  const type = isMap(extension) ? extension['type'] : undefined
  if (type === 'AWS_IAM' || type === 'NONE') return type
  const security = operation['security'] ?? document['security'] ?? []
  if (!isList(security)) return undefined
  const kinds = security.flatMap((entry) => (isMap(entry) ? Object.keys(entry).map((name) => kindOf(name, document)) : []))
  return kinds.find((kind) => kind !== 'NONE') ?? (kinds.includes(undefined) ? undefined : 'NONE')
}

function kindOf(name: string, document: ValueMap): Method['authorization'] {
  if (name === 'NONE') return 'NONE'
  const definition = definitionsIn(document).map((definitions) => memberOf(definitions, name))[0]
  if (!isMap(definition)) return undefined
  const type = definition['x-amazon-apigateway-authtype']
  if (type === 'awsSigv4') return 'AWS_IAM'
  if (type === 'cognito_user_pools') return 'COGNITO'
  return type === undefined && definition['x-amazon-apigateway-authorizer'] === undefined ? 'NONE' : 'CUSTOM'
}

function definitionsIn(document: ValueMap): ValueMap[] {
  const components = document['components']
  const schemes = isMap(components) ? components['securitySchemes'] : undefined
  return [document['securityDefinitions'], schemes].filter(isMap)
}
