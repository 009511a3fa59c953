import type { PropertySchema, ResourceSchema } from '#core/plan/schema.ts'
import { type AnyResourceType, type ResourceRequest, resource } from '#kit/resource.ts'

/*
 * The recordings use resource types that Postern does not have. These stand in for them in the tests of CloudFormation itself: they
 * have names and values, and nothing behind them.
 */

const text: PropertySchema = { type: { kind: 'string' } }

function standIn(
  type: string,
  properties: Readonly<Record<string, PropertySchema>>,
  attributes: readonly string[],
  name: (request: ResourceRequest<Record<string, unknown>>, random: string) => string,
  required: readonly string[] = [],
): AnyResourceType {
  const schema: ResourceSchema<Record<string, unknown>> = { type, properties, required, attributes, definitions: {} }
  const known = ({ properties }: ResourceRequest<Record<string, unknown>>) => ({ ...properties })
  return resource(schema, {
    honours: Object.keys(properties),
    create: (request, ports) => {
      const ref = name(request, ports.ids.alphanumeric(12))
      const { region, account } = request.caller
      const arn = `arn:aws:${type.split('::')[1]?.toLowerCase()}:${region}:${account}:${ref}`
      const named = { TopicName: ref, TopicArn: arn, Arn: arn, ...known(request) }
      return { ref: type === 'AWS::SNS::Topic' ? arn : ref, attributes: named }
    },
    update: (request, { ref, attributes }) => ({ ref, attributes: { ...attributes, ...known(request) } }),
    delete() {},
  })
}

const TYPES: Readonly<Record<string, AnyResourceType>> = {
  'AWS::SNS::Topic': standIn(
    'AWS::SNS::Topic',
    { TopicName: { ...text, replaces: 'always' }, DisplayName: text },
    ['TopicName', 'TopicArn'],
    ({ properties, stack, logicalId }, random) => String(properties['TopicName'] ?? `${stack.name}-${logicalId}-${random}`),
  ),
  'AWS::SSM::Parameter': standIn(
    'AWS::SSM::Parameter',
    { Name: { ...text, replaces: 'always' }, Type: { ...text, allowed: ['String', 'StringList', 'SecureString'] }, Value: text },
    ['Type', 'Value'],
    ({ properties, logicalId }, random) => String(properties['Name'] ?? `CFN-${logicalId}-${random}`),
    ['Type', 'Value'],
  ),
  'AWS::SQS::Queue': standIn(
    'AWS::SQS::Queue',
    { QueueName: { ...text, replaces: 'always' } },
    ['Arn'],
    ({ properties }, random) => String(properties['QueueName'] ?? random),
  ),
  'AWS::DynamoDB::Table': standIn(
    'AWS::DynamoDB::Table',
    Object.fromEntries(
      ['TableName', 'KeySchema', 'AttributeDefinitions', 'BillingMode', 'ProvisionedThroughput'].map((name) => [
        name,
        { type: { kind: 'json' } } as const,
      ]),
    ),
    ['Arn'],
    ({ properties }, random) => String(properties['TableName'] ?? random),
  ),
  'AWS::CDK::Metadata': standIn('AWS::CDK::Metadata', { Analytics: text }, [], (_request, random) => random),
}

export const standInType = (type: string): AnyResourceType | undefined => TYPES[type]
