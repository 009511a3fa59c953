import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { expectMap, ofProperty } from '../expect.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { isIntrinsic } from '../intrinsics.ts'
import { truthy, typeName } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { InvocationTarget } from './invocation-target.ts'

/** A function's URL, and for a public one the two permissions that let everybody use it. */
export function functionUrl(fn: SamResource, config: ValueMap, target: InvocationTarget): GeneratedResource[] {
  checkUrl(fn.id, config)
  const { inherited: attributes } = fn
  const { AuthType, Cors, InvokeMode } = config
  const url = generated(
    `${fn.id}Url`,
    'AWS::Lambda::Url',
    { TargetFunctionArn: target.name, AuthType, Cors: truthy(Cors) ? Cors : undefined, InvokeMode },
    { attributes },
  )
  if (AuthType !== 'NONE' || isIntrinsic(config)) return [url]
  const permission = (suffix: string, properties: ValueMap) =>
    generated(
      `${fn.id}${suffix}`,
      'AWS::Lambda::Permission',
      { ...properties, FunctionName: target.name, Principal: '*' },
      { attributes },
    )
  return [
    url,
    permission('UrlPublicPermissions', { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: AuthType }),
    permission('URLInvokeAllowPublicAccess', { Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true }),
  ]
}

const CORS_TYPES: Readonly<Record<string, string>> = {
  AllowOrigins: 'list',
  AllowMethods: 'list',
  AllowCredentials: 'bool',
  AllowHeaders: 'list',
  ExposeHeaders: 'list',
  MaxAge: 'int',
}

function checkUrl(id: string, config: ValueMap): void {
  if (isIntrinsic(config)) return
  const auth = config['AuthType']
  if (!isIntrinsic(auth) && auth !== 'AWS_IAM' && auth !== 'NONE') {
    throw invalidResource(
      id,
      'AuthType is required to configure function property `FunctionUrlConfig`. Please provide either AWS_IAM or NONE.',
    )
  }
  const cors = config['Cors']
  if (!truthy(cors) || isIntrinsic(cors)) return
  for (const [name, value] of Object.entries(expectMap(cors, ofProperty(id), 'FunctionUrlConfig.Cors'))) {
    const expected = Object.hasOwn(CORS_TYPES, name) ? CORS_TYPES[name]! : undefined
    if (!expected) throw invalidResource(id, `${name} is not a valid property for configuring Cors.`)
    if (!isIntrinsic(value) && !isOfType(value, expected)) throw invalidResource(id, `${name} must be of type ${expected}.`)
  }
}

function isOfType(value: Value, type: string): boolean {
  return typeName(value) === type || (type === 'int' && typeof value === 'boolean') || (type === 'dict' && isMap(value))
}
