import { isList, isMap, type Value, type ValueMap } from '../../template/value.ts'
import { copyOf } from '../copy.ts'
import { expectMap, ofEvent } from '../expect.ts'
import { sub } from '../intrinsics.ts'
import { truthy } from '../python.ts'
import { EventRefusal } from '../refusal.ts'
import type { Transformation } from '../transformation.ts'
import type { Event } from './event-source.ts'
import { readSecret } from './source-access.ts'

/** What a function's role needs to read the schemas that a Kafka source's records follow. */
export function schemaRegistryStatements({ name, properties }: Event, { resolve }: Transformation): ValueMap[] {
  if (!truthy(properties['SchemaRegistryConfig'])) return []
  const config = expectMap(properties['SchemaRegistryConfig'], ofEvent(name), 'SchemaRegistryConfig')
  const access = checked(name, config)
  const uri = config['SchemaRegistryURI']!
  const resolved = isMap(uri) ? resolve(copyOf(uri)) : uri
  const registry = registryName(isMap(resolved) ? resolved['Fn::Sub'] : resolved)
  const secrets = access.map((entry) => readSecret(entry['URI']!))
  if (registry === undefined) return secrets
  const schemas = sub(`arn:\${AWS::Partition}:glue:\${AWS::Region}:\${AWS::AccountId}:schema/${registry}/*`)
  return [
    ...secrets,
    { Action: ['glue:GetRegistry'], Effect: 'Allow', Resource: uri },
    { Action: ['glue:GetSchemaVersion'], Effect: 'Allow', Resource: [schemas] },
  ]
}

function checked(event: string, config: ValueMap): ValueMap[] {
  const refuse = (text: string) => new EventRefusal(event, text)
  for (const field of ['SchemaRegistryURI', 'EventRecordFormat', 'SchemaValidationConfigs']) {
    if (!Object.hasOwn(config, field)) throw refuse(`Missing required field ${field} in SchemaRegistryConfig`)
  }
  const { EventRecordFormat: format, SchemaValidationConfigs: validation, AccessConfigs: access } = config
  if (format !== 'JSON' && format !== 'SOURCE') {
    throw refuse("EventRecordFormat in SchemaRegistryConfig must be either 'JSON' or 'SOURCE'")
  }
  if (!isList(validation)) throw refuse('SchemaValidationConfigs must be a list')
  if (!truthy(access)) return []
  if (!isList(access)) throw refuse('AccessConfigs in SchemaRegistryConfig must be a list')
  return access.map((entry) => {
    if (isMap(entry) && Object.hasOwn(entry, 'Type') && Object.hasOwn(entry, 'URI')) return entry
    throw refuse("Each AccessConfig must be a dict with 'Type' and 'URI' fields")
  })
}

/** The registry of Glue that an ARN names. */
function registryName(arn: Value | undefined): string | undefined {
  if (typeof arn !== 'string' || !arn.startsWith('arn')) return undefined
  const resource = arn.split(':')[5]
  return resource?.startsWith('registry/') ? resource.slice('registry/'.length) : undefined
}
