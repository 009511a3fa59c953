import { describe, expect, it } from 'vitest'
import { services } from '#services/models/services.ts'
import { checkInput } from './check-input.ts'
import { constraintsOf } from './constraints.ts'
import { javaSetOrder } from './java-set-order.ts'

async function refusal(operation: string, input: Record<string, unknown>): Promise<string | undefined> {
  const [service = '', name = ''] = operation.split('.')
  try {
    await checkInput(service, name, input)
    return undefined
  } catch (error) {
    const { code, message } = error as { code: string; message: string }
    return `${code}: ${message}`
  }
}

const op = (value: string) => ({ op: value, path: '/name', value: 'x' })
const role = 'arn:aws:iam::123456789012:role/r'
const fn = { FunctionName: 'f', Role: role, Code: {} }
const alias = (weights: Record<string, number>) => ({
  FunctionName: 'f',
  Name: 'custom',
  FunctionVersion: '1',
  RoutingConfig: { AdditionalVersionWeights: weights },
})
const OPS = 'Member must satisfy enum value set: [add, remove, move, test, replace, copy]'
const TYPES = 'Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]'
const WEIGHT =
  'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]'

describe('refusals, in the words recorded from AWS', () => {
  it.each([
    {
      operation: 'apigateway.CreateRestApi',
      input: { name: 'x', endpointConfiguration: { types: ['wrong'], ipAddressType: 'wrong' } },
      said: `ValidationException: 2 validation errors detected: Value '[wrong]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: ${TYPES}; Value 'wrong' at 'createRestApiInput.endpointConfiguration.ipAddressType' failed to satisfy constraint: Member must satisfy enum value set: [ipv4, dualstack]`,
    },
    {
      operation: 'apigateway.UpdateMethodResponse',
      input: { restApiId: 'a', resourceId: 'r', httpMethod: 'GET', statusCode: 'wrong', patchOperations: [op('wrong_op')] },
      said: `ValidationException: 2 validation errors detected: Value 'wrong_op' at 'updateMethodResponseInput.patchOperations.1.member.op' failed to satisfy constraint: ${OPS}; Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d`,
    },
    {
      operation: 'apigateway.UpdateRestApi',
      input: { restApiId: 'a', patchOperations: [op('replace'), op('wrong')] },
      said: `ValidationException: 1 validation error detected: Value 'wrong' at 'updateRestApiInput.patchOperations.2.member.op' failed to satisfy constraint: ${OPS}`,
    },
    {
      operation: 'lambda.CreateFunction',
      input: { ...fn, Role: 'r1' },
      said: "ValidationException: 1 validation error detected: Value 'r1' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
    },
    {
      operation: 'lambda.CreateFunction',
      input: { ...fn, Architectures: ['x86_64', 'arm64'] },
      said: "ValidationException: 1 validation error detected: Value '[x86_64, arm64]' at 'architectures' failed to satisfy constraint: Member must have length less than or equal to 1",
    },
    {
      operation: 'lambda.CreateFunction',
      input: { ...fn, Architectures: ['X86_64'] },
      said: "ValidationException: 1 validation error detected: Value '[X86_64]' at 'architectures' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]",
    },
    {
      operation: 'lambda.CreateFunction',
      input: { ...fn, VpcConfig: { SubnetIds: ['nope'] } },
      said: "ValidationException: 1 validation error detected: Value '[nope]' at 'vpcConfig.subnetIds' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: subnet-[0-9a-z]*]",
    },
    {
      operation: 'lambda.CreateAlias',
      input: alias({ 2: 2 }),
      said: `ValidationException: 1 validation error detected: Value '{2=2.0}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: ${WEIGHT}`,
    },
    {
      operation: 'lambda.CreateAlias',
      input: alias({ $LATEST: 0.5 }),
      said: "ValidationException: 1 validation error detected: Value '{$LATEST=0.5}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]",
    },
    {
      operation: 'lambda.CreateEventSourceMapping',
      input: { FunctionName: 'f', StartingPosition: 'invalid' },
      said: "ValidationException: 1 validation error detected: Value 'invalid' at 'startingPosition' failed to satisfy constraint: Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]",
    },
  ])('$operation $input', async ({ operation, input, said }) => {
    expect(await refusal(operation, input)).toBe(said)
  })
})

describe('each family of services has its own words', () => {
  it.each([
    {
      operation: 'cloudformation.DeleteStack',
      input: {},
      said: "ValidationError: 1 validation error detected: Value null at 'stackName' failed to satisfy constraint: Member must not be null",
    },
    {
      operation: 'cloudformation.CreateChangeSet',
      input: { StackName: '*@x_$', ChangeSetName: 'c' },
      said: "ValidationError: 1 validation error detected: Value '*@x_$' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: ",
    },
    {
      operation: 'sts.AssumeRole',
      input: { RoleArn: role, RoleSessionName: 'a b', DurationSeconds: 1 },
      said: "ValidationError: 2 validation errors detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*; Value '1' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    },
    {
      operation: 'logs.CreateLogGroup',
      input: { logGroupName: 'a b' },
      said: "InvalidParameterException: 1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
    },
    { operation: 'ec2.CreateSubnet', input: {}, said: 'MissingParameter: The request must contain the parameter vpcId' },
    {
      operation: 's3.DeleteObjects',
      input: { Bucket: 'b', Key: 'k', Delete: { Objects: [{}] } },
      said: 'MalformedXML: The XML you provided was not well-formed or did not validate against our published schema',
    },
  ])('$operation', async ({ operation, input, said }) => {
    expect(await refusal(operation, input)).toEqual(expect.stringContaining(said))
  })
})

it.each([
  ['what fits', 'lambda.CreateFunction', fn],
  ['a runtime, which Lambda checks itself', 'lambda.CreateFunction', { ...fn, Runtime: 'cobol' }],
  ['a missing idempotency token', 'ec2.CreateVpcEndpoint', { VpcId: 'vpc-1' }],
  ['an enum of EC2, which its operations check', 'ec2.CreateVpcEndpoint', { VpcId: 'vpc-1', VpcEndpointType: 'wrong' }],
])('lets pass %s', async (_name, operation, input) => {
  expect(await refusal(operation, input)).toBeUndefined()
})

describe('enums are listed in the order of a Java hash table', () => {
  it.each([
    [['add', 'remove', 'move', 'test', 'replace', 'copy']],
    [['PRIVATE', 'EDGE', 'REGIONAL']],
    [['LATEST', 'AT_TIMESTAMP', 'TRIM_HORIZON']],
    [['ipv4', 'dualstack']],
    [['x86_64', 'arm64']],
  ])('%j', (recorded) => {
    expect(javaSetOrder([...recorded].sort())).toEqual(recorded)
  })
})

it('every rule of every model can be checked', async () => {
  for (const entry of services) {
    const { shapes } = (await entry.load()).table
    for (const [name, shape] of Object.entries(shapes)) {
      expect(() => constraintsOf(shape), `${entry.service} ${name}`).not.toThrow()
    }
  }
})
