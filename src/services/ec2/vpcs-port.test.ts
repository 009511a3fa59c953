import { describe, expect, it } from 'vitest'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeCaller } from '#kit/testing/fake-request.ts'
import { createVpc } from './vpcs.ts'
import { vpcsPort } from './vpcs-port.ts'

describe('whose a VPC is', () => {
  it('is told for every account, by region', () => {
    const ports = fakePorts()
    const owner = fakeCaller({ account: '222222222222' })
    const { id } = createVpc(owner, { cidrBlock: '10.0.0.0/16', tags: [] }, ports)
    const { ownerOf } = vpcsPort(ports)
    expect(ownerOf(owner.region, id)).toBe('222222222222')
    expect(ownerOf('us-east-1', id)).toBeUndefined()
    expect(ownerOf(owner.region, 'vpc-00000000')).toBeUndefined()
  })
})
