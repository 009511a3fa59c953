import { isList, isMap } from '../../template/value.ts'
import { anything, required } from '../properties.ts'
import { truthy } from '../python.ts'
import { polledSource } from './event-source-mapping.ts'
import { schemaRegistryStatements } from './schema-registry.ts'
import { readSecret } from './source-access.ts'

/** Calls the function with batches of a managed Kafka cluster's records. */
export const mskEvent = polledSource({
  type: 'MSK',
  properties: { Stream: required(anything), StartingPosition: required(anything) },
  source: 'Stream',
  managedPolicy: 'service-role/AWSLambdaMSKExecutionRole',
  kafkaConfig: 'AmazonManagedKafkaEventSourceConfig',

  policies(event, transformation) {
    const access = event.properties['SourceAccessConfigurations']
    const certificates = (isList(access) ? access : []).flatMap((entry) =>
      isMap(entry) && entry['Type'] === 'CLIENT_CERTIFICATE_TLS_AUTH' && truthy(entry['URI']) ? [readSecret(entry['URI']!)] : [],
    )
    const Statement = [...schemaRegistryStatements(event, transformation), ...certificates]
    return Statement.length > 0 ? [{ PolicyName: 'MSKExecutionRolePolicy', PolicyDocument: { Statement } }] : []
  },
})
