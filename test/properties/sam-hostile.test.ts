import { describe, expect, it, vi } from 'vitest'
import { transform } from '#core/sam/transform.ts'
import type { Value, ValueMap } from '#core/template/value.ts'

/*
 * Templates that are small, or no larger than a template may be, and would keep a machine busy without end. That each of them is
 * answered at all is the test; those with a refusal have it named.
 */

vi.setConfig({ testTimeout: 600_000 })

const MEGABYTE = 1_000_000
const context = { parameters: {}, region: 'eu-central-1' }
const times = <T>(count: number, make: (index: number) => [string, T]) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)))
const fn = (properties: ValueMap = {}): ValueMap => ({
  Type: 'AWS::Serverless::Function',
  Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', CodeUri: 's3://code/key', ...properties },
})
const api = (properties: ValueMap = {}): ValueMap => ({
  Type: 'AWS::Serverless::Api',
  Properties: { StageName: 'p', ...properties },
})
const event = (Type: string, Properties: ValueMap): ValueMap => ({ E: { Type, Properties } })
const nested = (depth: number, around: (inner: Value) => Value) =>
  Array.from({ length: depth }).reduce<Value>((inner) => around(inner), 'x')
const parameter = (Default: Value): ValueMap => ({ Type: 'String', Default })

const TOO_MUCH = /the template comes to more than \d+ characters/
const TOO_DEEP = /more than \d+ maps and lists inside each other/

const hostile: Record<string, { template: ValueMap; refusal?: RegExp }> = {
  'a parameter that names itself': {
    template: { Parameters: { P: parameter([{ Ref: 'P' }]) }, Resources: { F: fn({ AutoPublishAlias: { Ref: 'P' } }) } },
    refusal: /'AutoPublishAlias' must be a string/,
  },
  'a mapping that finds itself': {
    template: {
      Mappings: { M: { a: { b: [{ 'Fn::FindInMap': ['M', 'a', 'b'] }] } } },
      Resources: {
        F: fn({
          AutoPublishAlias: 'x',
          DeploymentPreference: { Enabled: { 'Fn::FindInMap': ['M', 'a', 'b'] }, Type: 'AllAtOnce' },
        }),
      },
    },
  },
  'parameters that double': {
    template: {
      Parameters: times(40, (index) => [`P${index}`, parameter(Array(9).fill({ Ref: `P${index + 1}` }))]),
      Resources: { A: api({ BinaryMediaTypes: { Ref: 'P0' } }) },
    },
  },
  'a long parameter that is named everywhere': {
    template: {
      Parameters: { P: parameter('x'.repeat(MEGABYTE / 2)) },
      Resources: { F: fn({ AutoPublishAlias: 'x', CodeUri: { Bucket: 'b', Key: { 'Fn::Sub': '${P}'.repeat(10_000) } } }) },
    },
    refusal: TOO_MUCH,
  },
  'a list that is named everywhere': {
    template: {
      Parameters: { P: parameter(Array(50_000).fill('x')) },
      Resources: { A: api({ BinaryMediaTypes: Array(20_000).fill({ Ref: 'P' }) }) },
    },
    refusal: TOO_MUCH,
  },
  'Globals of many': {
    template: {
      Globals: { Function: { Environment: { Variables: times(10_000, (index) => [`V${index}`, 'x']) } } },
      Resources: times(4_000, (index) => [`F${index}`, fn()]),
    },
    refusal: TOO_MUCH,
  },
  'a resource policy of many for many paths': {
    template: {
      Resources: {
        A: api({
          Auth: {
            ResourcePolicy: { SourceVpcWhitelist: Array(10_000).fill('vpc-1') },
          },
          DefinitionBody: { swagger: '2.0', paths: times(5_000, (index) => [`/${index}`, { get: {} }]) },
        }),
      },
    },
    refusal: TOO_MUCH,
  },
  'scopes of many for many paths': {
    template: {
      Resources: {
        A: api({
          Auth: {
            DefaultAuthorizer: 'A',
            Authorizers: { A: { UserPoolArn: 'a', AuthorizationScopes: Array(10_000).fill('scope') } },
          },
          DefinitionBody: {
            swagger: '2.0',
            paths: times(5_000, (index) => [`/${index}`, { get: { 'x-amazon-apigateway-integration': { type: 'mock' } } }]),
          },
        }),
      },
    },
    refusal: TOO_MUCH,
  },
  'a long id with many events': {
    template: {
      Resources: {
        ['F'.repeat(MEGABYTE / 2)]: fn({
          Events: times(2_000, (index) => [`E${index}`, { Type: 'Schedule', Properties: { Schedule: 'rate(1 day)' } }]),
        }),
      },
    },
    refusal: /longer than 255 characters/,
  },
  'a long stage with many events': {
    template: {
      Resources: {
        A: api({ StageName: 's'.repeat(MEGABYTE / 2) }),
        ...times(1_000, (index) => [
          `F${index}`,
          fn({ Events: event('Api', { RestApiId: { Ref: 'A' }, Path: `/${index}`, Method: 'get' }) }),
        ]),
      },
    },
    refusal: /longer than 255 characters/,
  },
  'a path of slashes': {
    template: {
      Resources: {
        A: api({ Cors: "'*'" }),
        F: fn({ Events: event('Api', { RestApiId: { Ref: 'A' }, Path: `${'/'.repeat(MEGABYTE)}x`, Method: 'get' }) }),
      },
    },
  },
  'a base path of slashes': {
    template: {
      Resources: {
        A: {
          Type: 'AWS::Serverless::HttpApi',
          Properties: {
            DefinitionBody: { openapi: '3.0.1', paths: {} },
            Domain: { DomainName: 'd', CertificateArn: 'c', BasePath: [`${'/'.repeat(MEGABYTE)}x`] },
          },
        },
      },
    },
  },
  'a path of open braces': {
    template: { Resources: { F: fn({ Events: event('HttpApi', { Path: `/${'{'.repeat(MEGABYTE)}`, Method: 'get' }) }) } },
  },
  'a path of open names': {
    template: { Resources: { F: fn({ Events: event('Api', { Path: `/{${'a'.repeat(MEGABYTE)}`, Method: 'get' }) }) } },
  },
  'a text of open variables': {
    template: {
      Resources: { F: fn({ AutoPublishAlias: 'x', CodeUri: { Bucket: 'b', Key: { 'Fn::Sub': '${a'.repeat(MEGABYTE / 3) } } }) },
    },
  },
  'a long address of an integration': {
    template: {
      Resources: {
        H: {
          Type: 'AWS::Serverless::HttpApi',
          Properties: {
            DefinitionBody: {
              openapi: '3.0.1',
              paths: {
                $default: {
                  'x-amazon-apigateway-any-method': {
                    'x-amazon-apigateway-integration': { uri: { 'Fn::Sub': 'a'.repeat(MEGABYTE) } },
                  },
                },
              },
            },
          },
        },
        F: fn({ Events: event('HttpApi', { ApiId: { Ref: 'H' }, Path: '/a', Method: 'get' }) }),
      },
    },
  },
  'a long bucket address': {
    template: { Resources: { F: fn({ CodeUri: `s3://${'b'.repeat(MEGABYTE)}` }) } },
    refusal: /not a valid S3 Uri/,
  },
  'a long alias': {
    template: { Resources: { F: fn({ AutoPublishAlias: '1'.repeat(MEGABYTE) }) } },
    refusal: /AutoPublishAlias|255/i,
  },
  'a very long list of policies': { template: { Resources: { F: fn({ Policies: Array(50_000).fill('AWSLambdaExecute') }) } } },
  'deep maps': {
    template: { Resources: { F: fn({ Environment: { Variables: { A: nested(100_000, (inner) => ({ a: inner })) } } }) } },
    refusal: TOO_DEEP,
  },
  'deep lists': { template: { Resources: { F: fn({ Layers: nested(100_000, (inner) => [inner]) }) } }, refusal: TOO_DEEP },
  'deep conditions': {
    template: {
      Resources: {
        F: fn({ Policies: nested(150, (inner) => ({ 'Fn::If': ['C', inner, inner === 'x' ? 'y' : { Ref: 'AWS::NoValue' }] })) }),
      },
    },
  },
}

describe('a template that is made to keep a machine busy', () => {
  it.each(Object.entries(hostile))('is answered: %s', (_, { template, refusal }) => {
    const result = transform(template, context)
    expect(result.ok ? 'transformed' : result.message).toMatch(
      refusal ?? /^(transformed|Invalid Serverless Application Specification document)/,
    )
    if (!result.ok) expect(result.message.length).toBeLessThan(4 * MEGABYTE)
  })
})
