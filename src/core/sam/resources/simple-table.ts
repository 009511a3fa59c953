import { isMap, type ValueMap } from '../../template/value.ts'
import { expectPresent, ofProperty } from '../expect.ts'
import { generated } from '../generated-resource.ts'
import { anything, map, mapOfIntegers, mapOfTexts, textOrMap } from '../properties.ts'
import { orNothing, str, truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource, SamResourceType } from '../sam-resource.ts'
import { tagList } from '../tags.ts'

const ATTRIBUTE_TYPES: Readonly<Record<string, string>> = { String: 'S', Number: 'N', Binary: 'B' }

/** A DynamoDB table with one key. */
export const simpleTable: SamResourceType = {
  type: 'AWS::Serverless::SimpleTable',
  properties: {
    PointInTimeRecoverySpecification: anything,
    PrimaryKey: mapOfTexts,
    ProvisionedThroughput: mapOfIntegers,
    TableName: textOrMap,
    Tags: map,
    SSESpecification: map,
  },

  transform(table) {
    const { properties } = table
    const key = primaryKey(table)
    const throughput = orNothing(properties['ProvisionedThroughput'])
    return [
      generated(
        table.id,
        'AWS::DynamoDB::Table',
        {
          AttributeDefinitions: [key],
          KeySchema: [{ AttributeName: key['AttributeName']!, KeyType: 'HASH' }],
          PointInTimeRecoverySpecification: orNothing(properties['PointInTimeRecoverySpecification']),
          ProvisionedThroughput: throughput,
          BillingMode: throughput === undefined ? 'PAY_PER_REQUEST' : undefined,
          SSESpecification: orNothing(properties['SSESpecification']),
          TableName: orNothing(properties['TableName']),
          Tags: truthy(properties['Tags']) ? tagList(properties['Tags']) : undefined,
        },
        { attributes: table.attributes, dependsOn: table.dependsOn },
      ),
    ]
  },
}

function primaryKey({ id, properties: { PrimaryKey: key } }: SamResource): ValueMap {
  if (!isMap(key) || !truthy(key)) return { AttributeName: 'id', AttributeType: 'S' }
  const AttributeName = expectPresent(key['Name'], ofProperty(id), 'PrimaryKey.Name')
  const type = expectPresent(key['Type'], ofProperty(id), 'PrimaryKey.Type')
  if (typeof type !== 'string' || !Object.hasOwn(ATTRIBUTE_TYPES, type)) {
    throw invalidResource(id, `Invalid 'Type' "${str(type)}".`)
  }
  return { AttributeName, AttributeType: ATTRIBUTE_TYPES[type]! }
}
