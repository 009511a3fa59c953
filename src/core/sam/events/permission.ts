import type { Value } from '../../template/value.ts'
import type { InvocationTarget } from '../function/invocation-target.ts'
import { type GeneratedResource, generated, type Properties } from '../generated-resource.ts'
import { hashedId } from '../logical-id.ts'
import { isAlphanumeric } from '../python.ts'

export interface PermissionSettings {
  readonly principal: string
  readonly sourceArn?: Value | undefined
  readonly sourceAccount?: Value
  readonly eventSourceToken?: Value | undefined
  /** Ends the logical id: a stage's name where it may stand in one, else its hash. */
  readonly suffix?: string
}

/** Lets a service call the function for one event. */
export function invokePermission(prefix: string, target: InvocationTarget, settings: PermissionSettings): GeneratedResource {
  const { suffix = '', principal, sourceArn, sourceAccount, eventSourceToken } = settings
  const properties: Properties = {
    Action: 'lambda:InvokeFunction',
    FunctionName: target.name,
    Principal: principal,
    SourceArn: sourceArn,
    SourceAccount: sourceAccount,
    EventSourceToken: eventSourceToken,
  }
  const id = isAlphanumeric(suffix) ? `${prefix}Permission${suffix}` : hashedId(`${prefix}Permission`, suffix)
  return generated(id, 'AWS::Lambda::Permission', properties, { attributes: target.inherited })
}
