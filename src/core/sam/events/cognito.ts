import { isList, isMap, type ValueMap } from '../../template/value.ts'
import { member, put } from '../copy.ts'
import { expectMap, ofProperty } from '../expect.ts'
import { getAtt } from '../intrinsics.ts'
import { required, text, textOrTexts } from '../properties.ts'
import { str } from '../python.ts'
import { EventRefusal } from '../refusal.ts'
import type { Called, Event, EventSource } from './event-source.ts'
import { invokePermission } from './permission.ts'
import { takenOver } from './taken-over.ts'

const POOL_PROPERTIES = new Set([
  'AccountRecoverySetting',
  'AdminCreateUserConfig',
  'AliasAttributes',
  'AutoVerifiedAttributes',
  'DeletionProtection',
  'DeviceConfiguration',
  'EmailAuthenticationMessage',
  'EmailAuthenticationSubject',
  'EmailConfiguration',
  'EmailVerificationMessage',
  'EmailVerificationSubject',
  'EnabledMfas',
  'LambdaConfig',
  'MfaConfiguration',
  'Policies',
  'Schema',
  'SmsAuthenticationMessage',
  'SmsConfiguration',
  'SmsVerificationMessage',
  'UserAttributeUpdateSettings',
  'UsernameAttributes',
  'UsernameConfiguration',
  'UserPoolAddOns',
  'UserPoolName',
  'UserPoolTags',
  'UserPoolTier',
  'VerificationMessageTemplate',
  'WebAuthnRelyingPartyID',
  'WebAuthnUserVerification',
])

/** Calls the function at the steps of a user pool of the same template, whose triggers are written here. */
export const cognitoEvent: EventSource = {
  type: 'Cognito',
  properties: { UserPool: required(text), Trigger: required(textOrTexts) },

  link({ id, name, properties }, resources) {
    const pool = properties['UserPool']
    const poolId = isMap(pool) ? pool['Ref'] : undefined
    if (poolId !== undefined && typeof poolId !== 'string') throw new EventRefusal(id, 'Ref in Userpool is not a string.')
    const found = poolId === undefined ? undefined : member(resources, poolId)
    if (poolId !== undefined && isMap(found)) return { pool: found, poolId }
    throw new EventRefusal(name, 'Cognito events must reference a Cognito UserPool in the same template.')
  },

  transform(event, called) {
    const pool = event.linked['pool'] as ValueMap
    const poolId = String(event.linked['poolId'])
    const sourceArn = getAtt(poolId, 'Arn')
    const permission = invokePermission(`${called.target.id}Cognito`, called.target, {
      principal: 'cognito-idp.amazonaws.com',
      sourceArn,
    })
    addTriggers(event, called, pool, poolId)
    return [permission, takenOver(poolId, pool, 'AWS::Cognito::UserPool', POOL_PROPERTIES)]
  },
}

function addTriggers({ name, properties }: Event, { target }: Called, pool: ValueMap, poolId: string): void {
  const poolProperties = expectMap(
    pool['Properties'] ?? {},
    ofProperty(poolId),
    '',
    'Properties of a resource must be an object.',
  )
  pool['Properties'] = poolProperties
  const config = expectMap(poolProperties['LambdaConfig'] ?? {}, ofProperty(poolId), 'LambdaConfig')
  poolProperties['LambdaConfig'] = config
  const { Trigger: triggers } = properties
  for (const trigger of isList(triggers) ? triggers : [triggers!]) {
    if (Object.hasOwn(config, String(trigger))) {
      throw new EventRefusal(name, `Cognito trigger "${str(triggers)}" defined multiple times.`)
    }
    put(config, String(trigger), target.arn)
  }
}
