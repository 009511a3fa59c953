import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Value, ValueMap } from '../../template/value.ts'
import { sha1 } from '../sha1.ts'
import { transform } from '../transform.ts'

function deploymentOf(properties: ValueMap, more: { time?: number } = {}): string {
  const template = { Resources: { Api: { Type: 'AWS::Serverless::Api', Properties: { StageName: 'prod', ...properties } } } }
  const result = transform(template, { parameters: {}, region: 'eu-central-1', ...more })
  if (!result.ok) throw new Error(result.message)
  const resources = Object.entries(result.template['Resources'] as Record<string, ValueMap>)
  return resources.find(([, { Type: type }]) => type === 'AWS::ApiGateway::Deployment')![0]
}

const body = (extension: Value) => ({ DefinitionBody: { swagger: '2.0', paths: {}, 'x-any': extension } })
const anything = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Value>

describe("a deployment's id", () => {
  it('ends in the digits that AWS gives it', () => {
    expect(deploymentOf({ DefinitionUri: 's3://bucket/key' })).toBe(
      `ApiDeployment${sha1("{'Bucket': u'bucket', 'Key': u'key'}").slice(0, 10)}`,
    )
  })

  it('is the same for the same definition', () => {
    fc.assert(fc.property(anything, (value) => deploymentOf(body(value)) === deploymentOf(body(structuredClone(value)))))
  })

  it('is another for another definition', () => {
    fc.assert(
      fc.property(anything, anything, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other))
        return deploymentOf(body(one)) !== deploymentOf(body(other))
      }),
    )
  })

  it.each([
    ['another key of the definition', { DefinitionUri: 's3://bucket/other' }],
    ['another version of the definition', { DefinitionUri: 's3://bucket/key?versionId=2' }],
    ['another OpenAPI version', { DefinitionUri: 's3://bucket/key', OpenApiVersion: '3.0.1' }],
  ])('is another for %s', (_, properties) => {
    expect(deploymentOf(properties)).not.toBe(deploymentOf({ DefinitionUri: 's3://bucket/key' }))
  })

  it('goes by the time alone where the API is always to be deployed', () => {
    const at = (time: number, value: Value) => deploymentOf({ ...body(value), AlwaysDeploy: true }, { time })
    expect(at(1_700_000_000, 1)).toBe(`ApiDeployment${sha1('1700000000').slice(0, 10)}`)
    expect(at(1_700_000_000, 2)).toBe(at(1_700_000_000, 1))
    expect(at(1_700_000_001, 1)).not.toBe(at(1_700_000_000, 1))
  })
})
