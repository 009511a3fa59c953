import type { AwsError } from '#core/aws/aws-error.ts'
import type { ValueMap } from '#core/template/value.ts'
import type { Caller } from '../operation.ts'
import type { ResourceRequest } from '../resource.ts'

/** Somebody of account 111111111111 who calls eu-central-1, unless told otherwise. */
export function fakeCaller(given: Partial<Caller> = {}): Caller {
  const { account = '111111111111' } = given
  return {
    account,
    region: 'eu-central-1',
    partition: 'aws',
    principalArn: `arn:aws:iam::${account}:root`,
    requestId: '00000000-0000-4000-8000-000000000000',
    endpoint: 'http://127.0.0.1:4566',
    headers: {},
    ...given,
  }
}

/** As of a stack that takes no stubs. */
export function refusing(refusal: AwsError): never {
  throw refusal
}

/** What a resource handler is asked by the stack `story`, for the logical id `Thing`. */
export function fakeRequest<Properties>(
  properties: Properties,
  given: Partial<ResourceRequest<Properties>> = {},
): ResourceRequest<Properties> {
  const caller = given.caller ?? fakeCaller()
  return {
    properties,
    written: properties as ValueMap,
    logicalId: 'Thing',
    stack: {
      id: `arn:aws:cloudformation:${caller.region}:${caller.account}:stack/story/1`,
      name: 'story',
      tags: {},
    },
    caller,
    unsupported: refusing,
    ...given,
  }
}
