import { isList, type Value, type ValueMap } from '../../template/value.ts'
import { expectMap, ofProperty } from '../expect.ts'
import { isIntrinsic } from '../intrinsics.ts'
import { truthy } from '../python.ts'
import { EventRefusal } from '../refusal.ts'
import type { Event } from './event-source.ts'
import { polledSource } from './event-source-mapping.ts'
import { schemaRegistryStatements } from './schema-registry.ts'
import { decryptSecrets, readSecret, USE_NETWORK } from './source-access.ts'

/** Calls the function with batches of a Kafka cluster's records, wherever the cluster runs. */
export const selfManagedKafka = polledSource({
  type: 'SelfManagedKafka',
  properties: {},
  kafkaConfig: 'SelfManagedKafkaEventSourceConfig',

  policies(event, transformation) {
    const { secret, certificate, inNetwork } = readAccess(event)
    const Statement = [
      ...(secret === undefined ? [] : [readSecret(secret)]),
      // AWS names the first secret again where the certificate's was meant.
      ...(certificate ? [readSecret(secret ?? null)] : []),
      ...(inNetwork ? [{ ...USE_NETWORK } as ValueMap] : []),
      ...decryptSecrets(event, ['kms:Decrypt']),
      ...schemaRegistryStatements(event, transformation),
    ]
    return [{ PolicyName: 'SelfManagedKafkaExecutionRolePolicy', PolicyDocument: { Version: '2012-10-17', Statement } }]
  },
})

interface Access {
  readonly secret: Value | undefined
  readonly certificate: boolean
  readonly inNetwork: boolean
}

const MECHANISMS = ['SASL_SCRAM_256_AUTH', 'SASL_SCRAM_512_AUTH', 'BASIC_AUTH', 'CLIENT_CERTIFICATE_TLS_AUTH']

function readAccess({ name, properties }: Event): Access {
  const { KafkaBootstrapServers, Topics, SourceAccessConfigurations: configurations } = properties
  const refuse = (text: string) => new EventRefusal(name, text)
  if (!truthy(KafkaBootstrapServers)) throw refuse('No KafkaBootstrapServers provided for self managed kafka as an event source')
  if (!truthy(Topics)) throw refuse('No Topics provided for self managed kafka as an event source')
  if (isList(Topics) ? Topics.length !== 1 : false) {
    throw refuse('Topics for self managed kafka only supports single configuration entry.')
  }
  if (!truthy(configurations)) throw refuse('No SourceAccessConfigurations for self managed kafka event provided.')
  if (!isList(configurations)) throw refuse('SourceAccessConfigurations for self managed kafka event should be a list.')
  const found = new Set<string>()
  let secret: Value | undefined
  for (const entry of configurations) {
    const { Type: type, URI: uri } = expectMap(entry, ofProperty(name), 'SourceAccessConfigurations')
    const kind = typeof type === 'string' ? type : ''
    if (MECHANISMS.includes(kind)) {
      if (secret !== undefined) {
        throw refuse('Multiple auth mechanism properties specified in SourceAccessConfigurations for self managed kafka event.')
      }
      secret = checkedUri(name, uri, 'auth mechanism')
    } else if (['VPC_SUBNET', 'VPC_SECURITY_GROUP', 'SERVER_ROOT_CA_CERTIFICATE'].includes(kind)) {
      checkedUri(name, uri, kind)
      found.add(kind)
    } else {
      throw refuse('Invalid SourceAccessConfigurations Type provided for self managed kafka event.')
    }
  }
  if (found.has('VPC_SUBNET') !== found.has('VPC_SECURITY_GROUP')) {
    throw refuse('VPC_SUBNET and VPC_SECURITY_GROUP in SourceAccessConfigurations for SelfManagedKafka must be both provided.')
  }
  return { secret, certificate: found.has('SERVER_ROOT_CA_CERTIFICATE'), inNetwork: found.has('VPC_SUBNET') }
}

function checkedUri(event: string, uri: Value | undefined, what: string): Value {
  const place = `${what} URI property specified in SourceAccessConfigurations for self managed kafka event.`
  if (!truthy(uri)) throw new EventRefusal(event, `No ${place}`)
  if (typeof uri !== 'string' && !isIntrinsic(uri)) throw new EventRefusal(event, `Wrong Type for ${place}`)
  return uri!
}
