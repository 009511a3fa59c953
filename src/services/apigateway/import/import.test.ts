import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AwsError } from '#core/aws/aws-error.ts'
import type { ValueMap } from '#core/template/value.ts'
import { type Definition, getDefinition } from '../definition.ts'
import { createDeployment } from '../deployments.ts'
import { pathOf } from '../paths.ts'
import { getRestApi } from '../rest-apis.ts'
import { mockApi, policy, scope, world } from '../testing/world.ts'
import { importRestApi, putRestApi } from './import-rest-api.ts'
import { readDocument } from './read-document.ts'

const FUNCTION = 'arn:aws:lambda:eu-central-1:111122223333:function:pets'
const lambda = {
  type: 'aws_proxy',
  httpMethod: 'POST',
  uri: `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${FUNCTION}/invocations`,
}
const mock = { type: 'mock', requestTemplates: { 'application/json': '{"statusCode": 200}' } }
const get = (more: object = {}) => ({ get: { responses: {}, 'x-amazon-apigateway-integration': lambda, ...more } })
const swagger = (more: object = {}): ValueMap =>
  readDocument(JSON.stringify({ swagger: '2.0', info: { title: 'pets', version: '1' }, paths: { '/pets': get() }, ...more }))
const openapi = (more: object = {}): ValueMap =>
  readDocument(JSON.stringify({ openapi: '3.0.1', info: { title: 'pets', version: '1' }, paths: { '/pets': get() }, ...more }))

function imported(document: ValueMap, parameters: Record<string, string> = {}) {
  const w = world()
  const { api, warnings } = importRestApi({ document, parameters }, {}, scope, w.ports)
  return { ...w, api, warnings, definition: getDefinition(api.id, scope, w.ports) }
}

/** Methods by `GET /path`. */
function methodsOf(definition: Definition) {
  return Object.fromEntries(
    Object.values(definition.resources).flatMap((resource) =>
      Object.entries(resource.methods).map(([verb, method]) => [`${verb} ${pathOf(definition, resource)}`, method]),
    ),
  )
}

const pathsOf = (definition: Definition) => Object.values(definition.resources).map((resource) => pathOf(definition, resource))

describe('a document', () => {
  test.each([
    ['no JSON', "{'key:value}"],
    ['no YAML', '"a": "b" "c"'],
    ['no version', '{"paths":{}}'],
    ['another version', '{"openapi":"3.1.0","paths":{}}'],
    ['a list', '[]'],
  ])('with %s is refused', (_name, text) => {
    expect(() => readDocument(new TextEncoder().encode(text))).toThrow('Invalid OpenAPI input.')
  })

  test.each([{ swagger: 2 }, { swagger: '2.0' }, { openapi: 3 }, { openapi: '3.0.3' }])('may be of the version %j', (version) => {
    expect(readDocument({ ...version, paths: {} })).toMatchObject(version)
  })

  test('may be YAML, with numbers as status codes', () => {
    const { definition } = imported(
      readDocument(`
openapi: 3.0.1
info: { title: pets, version: '1' }
paths:
  /pets:
    get:
      responses:
        200:
          description: fine
          headers: { X-Count: { schema: { type: string } } }
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: { application/json: '{"statusCode": 200}' }
        responses: { default: { statusCode: 200 } }
`),
    )
    expect(methodsOf(definition)['GET /pets']).toMatchObject({
      methodResponses: { 200: { responseParameters: { 'method.response.header.X-Count': false } } },
      methodIntegration: { type: 'MOCK', integrationResponses: { 200: { statusCode: '200' } } },
    })
  })
})

describe('paths', () => {
  test('make their parents, and their variables are required parameters', () => {
    const { definition } = imported(
      swagger({ paths: { '/a/{id}/b': get(), '/{proxy+}': { 'x-amazon-apigateway-any-method': get().get } } }),
    )
    expect(pathsOf(definition)).toEqual(['/', '/a', '/a/{id}', '/a/{id}/b', '/{proxy+}'])
    expect(methodsOf(definition)).toMatchObject({
      'GET /a/{id}/b': { requestParameters: { 'method.request.path.id': true } },
      'ANY /{proxy+}': { requestParameters: { 'method.request.path.proxy': true }, methodIntegration: { type: 'AWS_PROXY' } },
    })
  })

  test.each([
    ['ignore', ['/', '/pets']],
    ['prepend', ['/', '/v1', '/v1/zoo', '/v1/zoo/pets']],
    ['split', ['/', '/zoo', '/zoo/pets']],
  ])('with basepath=%s are %j', (basepath, paths) => {
    expect(pathsOf(imported(swagger({ basePath: '/v1/zoo' }), { basepath }).definition)).toEqual(paths)
    const servers = [{ url: 'https://example.com/{basePath}', variables: { basePath: { default: '/v1/zoo' } } }]
    expect(pathsOf(imported(openapi({ servers }), { basepath }).definition)).toEqual(paths)
    expect(pathsOf(imported(openapi({ servers: [{ url: 'https://example.com/v1/zoo' }] }), { basepath }).definition)).toEqual(
      paths,
    )
  })

  test('that cannot stand beside each other are refused together with everything else that is wrong', () => {
    const paths = {
      '/a/{x}': get(),
      '/a/{y}': get(),
      '/b': get({ 'x-amazon-apigateway-integration': { ...lambda, uri: 'nonsense' } }),
    }
    expect(() => imported(swagger({ paths }))).toThrow(
      [
        'Errors found during import:',
        "Unable to create resource at path '/a/{y}': A sibling ({x}) of this resource already has a variable path part -- only one unique variable path part is allowed",
        "Unable to put integration on 'GET' for resource at path '/b': Invalid ARN specified in the request",
      ].join('\n\t'),
    )
  })
})

describe('references', () => {
  test('inside the document are followed', () => {
    const parameter = { name: 'q', in: 'query', required: true }
    const { definition } = imported(
      openapi({
        paths: { '/pets': get({ parameters: [{ $ref: '#/components/parameters/Q' }] }) },
        components: { parameters: { Q: parameter } },
      }),
    )
    expect(methodsOf(definition)['GET /pets']).toMatchObject({ requestParameters: { 'method.request.querystring.q': true } })
  })

  test.each(['#/nowhere', 'https://example.com/other.json', '#/components/parameters/Loop'])('to %s are refused', ($ref) => {
    const paths = { '/pets': get({ parameters: [{ $ref }] }) }
    const components = { parameters: { Loop: { $ref: '#/components/parameters/Loop' } } }
    expect(() => imported(openapi({ paths, components }))).toThrow(
      /^Errors found during import:\n\tInvalid reference specified: /,
    )
  })
})

describe('models', () => {
  const schemas = { Pet: { type: 'object', properties: { friend: { $ref: '#/definitions/Pet' } } } }

  test('come from definitions, and refer to each other by address', () => {
    const { api, definition } = imported(
      swagger({
        definitions: schemas,
        paths: { '/pets': get({ responses: { 200: { schema: { $ref: '#/definitions/Pet' } } } }) },
      }),
    )
    expect(definition.models['Pet']?.schema).toContain(`https://apigateway.amazonaws.com/restapis/${api.id}/models/Pet`)
    expect(methodsOf(definition)['GET /pets']).toMatchObject({
      methodResponses: { 200: { responseModels: { 'application/json': 'Pet' } } },
    })
  })

  test('a parameter mapping that is no text is warned of and left out', () => {
    const mapped = { 'integration.request.header.a': "'x'", 'integration.request.header.b': true }
    const integration = { type: 'mock', requestParameters: mapped }
    const document = { swagger: '2.0', info: {}, paths: { '/pets': { get: { 'x-amazon-apigateway-integration': integration } } } }
    const { warnings, definition } = imported(document)
    expect(warnings).toEqual([
      "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.b' of resource '/pets' and method 'GET' but got 'true'",
    ])
    expect(methodsOf(definition)['GET /pets']?.methodIntegration?.requestParameters).toEqual({
      'integration.request.header.a': "'x'",
    })
  })

  test('that are missing are warned of, and refused when warnings are', () => {
    const document = swagger({ paths: { '/pets': get({ responses: { 200: { schema: { $ref: '#/definitions/Gone' } } } }) } })
    expect(imported(document).warnings).toEqual(["Reference to model 'Gone' not found. Ignoring."])
    expect(() => importRestApi({ document, failOnWarnings: true }, {}, scope, world().ports)).toThrow(
      "Warnings found during import:\n\tReference to model 'Gone' not found. Ignoring.",
    )
  })
})

describe('security', () => {
  const securityDefinitions = {
    key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    iam: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
    token: {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'custom',
      'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: lambda.uri },
    },
    pool: {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authorizer': {
        type: 'cognito_user_pools',
        providerARNs: ['arn:aws:cognito-idp:eu-central-1:1:userpool/p'],
      },
    },
  }

  test.each<[string, object, object]>([
    ['nothing', {}, { authorizationType: 'NONE', apiKeyRequired: false }],
    ['a key', { security: [{ key: [] }] }, { authorizationType: 'NONE', apiKeyRequired: true }],
    ['a signature', { security: [{ iam: [] }] }, { authorizationType: 'AWS_IAM' }],
    ['a signature and a key', { security: [{ iam: [], key: [] }] }, { authorizationType: 'AWS_IAM', apiKeyRequired: true }],
    ['an authorizer', { security: [{ token: [] }] }, { authorizationType: 'CUSTOM', authorizerId: expect.any(String) }],
    [
      'a user pool with scopes',
      { security: [{ pool: ['read'] }] },
      { authorizationType: 'COGNITO_USER_POOLS', authorizationScopes: ['read'] },
    ],
    ['an extension', { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } }, { authorizationType: 'AWS_IAM' }],
    ['a scheme that is not defined', { security: [{ NONE: [] }] }, { authorizationType: 'NONE' }],
  ])('of an operation with %s', (_name, operation, method) => {
    const { definition } = imported(swagger({ securityDefinitions, paths: { '/pets': get(operation) } }))
    expect(methodsOf(definition)['GET /pets']).toMatchObject(method)
  })

  test('of the document holds for operations that have none, and an empty one lifts it', () => {
    const paths = { '/closed': get(), '/open': get({ security: [] }) }
    const { definition } = imported(swagger({ securityDefinitions, security: [{ iam: [] }], paths }))
    expect(methodsOf(definition)).toMatchObject({
      'GET /closed': { authorizationType: 'AWS_IAM' },
      'GET /open': { authorizationType: 'NONE' },
    })
  })
})

describe('settings of the API', () => {
  test('are read from the extensions', () => {
    const { api, definition, ports } = imported(
      openapi({
        'x-amazon-apigateway-binary-media-types': ['image/png'],
        'x-amazon-apigateway-minimum-compression-size': 10,
        'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
        'x-amazon-apigateway-endpoint-configuration': { vpcEndpointIds: ['vpce-1'], disableExecuteApiEndpoint: true },
        'x-amazon-apigateway-policy': JSON.parse(policy('Allow')),
        'x-amazon-apigateway-gateway-responses': {
          DEFAULT_4XX: { statusCode: 418, responseParameters: { 'gatewayresponse.header.x': "'y'" } },
        },
        'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
      }),
      { endpointConfigurationTypes: 'PRIVATE' },
    )
    expect(getRestApi(api.id, scope, ports)).toMatchObject({
      name: 'pets',
      version: '1',
      binaryMediaTypes: ['image/png'],
      minimumCompressionSize: 10,
      apiKeySource: 'AUTHORIZER',
      endpoint: { type: 'PRIVATE', vpcEndpointIds: ['vpce-1'] },
      disableExecuteApiEndpoint: true,
      policy: { document: { Statement: [{ Resource: `arn:aws:execute-api:eu-central-1:111122223333:${api.id}/*` }] } },
    })
    expect(definition.gatewayResponses['DEFAULT_4XX']?.statusCode).toBe('418')
    expect(Object.values(definition.requestValidators)).toMatchObject([{ name: 'all', validateRequestBody: true }])
  })
})

describe('importing into an API that is there', () => {
  const put = (mode: 'merge' | 'overwrite', document: ValueMap) => {
    const w = world()
    const api = mockApi(w, {
      description: 'old',
      endpointConfiguration: { types: ['PRIVATE'] },
      policy: { written: policy('Allow') },
    })
    putRestApi(api.id, { document: swagger({ paths: { '/pets': get(), '/dogs': get() } }), mode: 'merge' }, {}, scope, w.ports)
    const before = getDefinition(api.id, scope, w.ports)
    const result = putRestApi(api.id, { document, mode }, {}, scope, w.ports)
    return { ...w, api: result.api, before, definition: getDefinition(api.id, scope, w.ports) }
  }

  test('merge adds and replaces, and keeps the rest', () => {
    const { api, definition } = put(
      'merge',
      swagger({ paths: { '/pets': get({ 'x-amazon-apigateway-integration': mock }), '/cats': get() } }),
    )
    expect(Object.keys(methodsOf(definition))).toEqual(['GET /', 'GET /pets', 'GET /dogs', 'GET /cats'])
    expect(methodsOf(definition)['GET /pets']?.methodIntegration?.type).toBe('MOCK')
    expect(api.policy).toBeDefined()
    expect(api.endpoint.type).toBe('PRIVATE')
  })

  test('overwrite leaves nothing but the ids of paths that stay', () => {
    const { api, before, definition } = put('overwrite', swagger({ paths: { '/pets': get(), '/cats': get() } }))
    expect(Object.keys(methodsOf(definition))).toEqual(['GET /pets', 'GET /cats'])
    const idOf = (d: Definition, path: string) => Object.values(d.resources).find((resource) => pathOf(d, resource) === path)?.id
    expect(idOf(definition, '/pets')).toBe(idOf(before, '/pets'))
    expect(idOf(definition, '/')).toBe(idOf(before, '/'))
    expect(api.policy).toBeUndefined()
    expect(api.endpoint.type).toBe('PRIVATE')
  })

  test('changes nothing that is deployed', () => {
    const w = world()
    const api = mockApi(w)
    createDeployment(api.id, { stage: { stageName: 'dev' } }, scope, w.ports)
    const before = JSON.stringify([...w.published])
    putRestApi(api.id, { document: swagger(), mode: 'overwrite' }, {}, scope, w.ports)
    expect(JSON.stringify([...w.published])).toBe(before)
  })

  test('stores nothing of a definition that is refused', () => {
    const w = world()
    const api = mockApi(w)
    const before = getDefinition(api.id, scope, w.ports)
    const document = swagger({ paths: { '/a b': get() } })
    expect(() => putRestApi(api.id, { document, mode: 'merge' }, {}, scope, w.ports)).toThrow(/^Errors found during import:/)
    expect(getDefinition(api.id, scope, w.ports)).toEqual(before)
  })
})

test('whatever a document holds, it is imported or refused', () => {
  const reference = fc.record({ $ref: fc.constantFrom('#', '#/', '#/paths', '#/paths/~1a', '#/%', '#/constructor', 'x') })
  const node = fc.oneof(fc.jsonValue({ maxDepth: 3 }), reference)
  const operation = fc.record(
    {
      parameters: node,
      responses: node,
      security: node,
      requestBody: node,
      'x-amazon-apigateway-integration': fc.oneof(
        node,
        fc.record({ type: fc.constantFrom('mock', 'aws_proxy', 'constructor'), responses: node }),
      ),
    },
    { requiredKeys: [] },
  )
  const document = fc.record(
    {
      swagger: fc.constant('2.0'),
      paths: fc.oneof(
        node,
        fc.dictionary(fc.constantFrom('/', '/a', '/a/{b}', '/{p+}', '/constructor', 'a'), fc.record({ get: operation })),
      ),
      definitions: node,
      securityDefinitions: node,
      'x-amazon-apigateway-policy': node,
      'x-amazon-apigateway-gateway-responses': node,
      'x-amazon-apigateway-endpoint-configuration': node,
      'x-amazon-apigateway-minimum-compression-size': node,
    },
    { requiredKeys: ['swagger'] },
  )
  fc.assert(
    fc.property(document, (written) => {
      try {
        imported(readDocument(JSON.stringify(written)))
      } catch (error) {
        expect(error).toBeInstanceOf(AwsError)
      }
    }),
  )
})
