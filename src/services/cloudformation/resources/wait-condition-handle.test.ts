import { describe, expect, it } from 'vitest'
import type { ResourceRequest } from '#kit/resource.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { refusing } from '#kit/testing/fake-request.ts'
import { caller } from '../testing/stage.ts'
import waitConditionHandle from './wait-condition-handle.ts'

const request: ResourceRequest<Record<never, never>> = {
  properties: {},
  written: {},
  logicalId: 'Handle',
  stack: { id: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/shop/1', name: 'shop', tags: {} },
  caller,
  unsupported: refusing,
}

describe('AWS::CloudFormation::WaitConditionHandle', () => {
  it('is a URL of its own, in the region of the stack', async () => {
    const ports = fakePorts()
    const [one, other] = [await waitConditionHandle.create(request, ports), await waitConditionHandle.create(request, ports)]
    expect(new URL(one.ref).hostname).toBe('cloudformation-waitcondition-eu-central-1.s3.amazonaws.com')
    expect(one.ref).not.toBe(other.ref)
    expect(one.attributes['Id']).toBeTruthy()
  })
})
