import { isList, type Value, type ValueMap } from '../../template/value.ts'
import { expectMap, expectText, ofEvent } from '../expect.ts'
import { sub } from '../intrinsics.ts'
import { repr, truthy } from '../python.ts'
import { EventRefusal } from '../refusal.ts'
import type { Event } from './event-source.ts'

/** The secret that `SourceAccessConfigurations` names for basic authentication, where exactly one is needed. */
export function basicAuthSecret({ name, properties }: Event, type: string, supported: readonly string[]): Value {
  const configurations = properties['SourceAccessConfigurations']
  const refuse = (text: string) => new EventRefusal(name, text)
  if (!truthy(configurations)) throw refuse(`No SourceAccessConfigurations for Amazon ${type} event provided.`)
  if (!isList(configurations)) throw refuse('Provided SourceAccessConfigurations cannot be parsed into a list.')
  let secret: Value | undefined
  for (const [index, entry] of configurations.entries()) {
    const path = `SourceAccessConfigurations[${index}]`
    const configuration = expectMap(entry, ofEvent(name), path)
    const kind = expectText(configuration['Type'], ofEvent(name), `${path}.Type`)
    if (!supported.includes(kind)) {
      throw refuse(
        `Invalid property Type specified in SourceAccessConfigurations. The supported values are: ${repr([...supported])}.`,
      )
    }
    if (kind !== 'BASIC_AUTH') continue
    if (secret !== undefined) throw refuse('Multiple BASIC_AUTH properties specified in SourceAccessConfigurations.')
    secret = configuration['URI']
    if (!truthy(secret)) throw refuse('No BASIC_AUTH URI property specified in SourceAccessConfigurations.')
  }
  if (secret === undefined) throw refuse('No BASIC_AUTH property specified in SourceAccessConfigurations.')
  return secret
}

export const readSecret = (secret: Value): ValueMap => ({
  Action: ['secretsmanager:GetSecretValue'],
  Effect: 'Allow',
  Resource: secret,
})

export const USE_NETWORK: Readonly<ValueMap> = {
  Action: [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeVpcs',
    'ec2:DescribeSubnets',
    'ec2:DescribeSecurityGroups',
  ],
  Effect: 'Allow',
  Resource: '*',
}

/** What it takes to read a secret that is encrypted with a key of the user's. Nothing where no key is named. */
export function decryptSecrets({ name, properties }: Event, action: Value): ValueMap[] {
  const { SecretsManagerKmsKeyId: key } = properties
  if (!truthy(key)) return []
  const id = expectText(key, ofEvent(name), 'SecretsManagerKmsKeyId')
  const Resource = sub(`arn:\${AWS::Partition}:kms:\${AWS::Region}:\${AWS::AccountId}:key/${id}`)
  return [{ Action: action, Effect: 'Allow', Resource }]
}
