import { describe, expect, test } from 'vitest'
import {
  changedEndpoint,
  type EndpointConfiguration,
  endpointConfiguration,
  type WantedEndpoint,
} from './endpoint-configuration.ts'

const types = (...list: string[]) => ({ types: list })

describe('a new API', () => {
  test.each<[WantedEndpoint, EndpointConfiguration['type'], string]>([
    [{}, 'EDGE', 'ipv4'],
    [types('REGIONAL'), 'REGIONAL', 'ipv4'],
    [types('PRIVATE'), 'PRIVATE', 'dualstack'],
    [{ ...types('EDGE'), ipAddressType: 'dualstack' }, 'EDGE', 'dualstack'],
  ])('%j is of type %s over %s', (wanted, type, ipAddressType) => {
    expect(endpointConfiguration(wanted)).toEqual({ type, ipAddressType, vpcEndpointIds: [] })
  })

  test.each<[string, WantedEndpoint, string]>([
    ['no type at all', types(), 'REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.'],
    ['two types', types('EDGE', 'REGIONAL'), 'Cannot create an api with multiple Endpoint Types.'],
    [
      'private over ipv4',
      { ...types('PRIVATE'), ipAddressType: 'ipv4' },
      'Only dualstack ipAddressType is supported for Private APIs.',
    ],
    [
      'endpoints of a public API',
      { ...types('REGIONAL'), vpcEndpointIds: ['vpce-1'] },
      'VPCEndpoints can only be specified with PRIVATE apis.',
    ],
  ])('%s is refused', (_name, wanted, message) => {
    expect(() => endpointConfiguration(wanted)).toThrow(expect.objectContaining({ code: 'BadRequestException', message }))
  })

  test('values that AWS does not know are listed together, types first', () => {
    expect(() => endpointConfiguration({ ...types('wrong'), ipAddressType: 'wrong' })).toThrow(
      /^2 validation errors detected: Value '\[wrong\]' at 'createRestApiInput\.endpointConfiguration\.types'.*; Value 'wrong' at 'createRestApiInput\.endpointConfiguration\.ipAddressType'/,
    )
  })
})

describe('a change', () => {
  const of = (type: EndpointConfiguration['type'], vpcEndpointIds: string[] = []): EndpointConfiguration => ({
    type,
    ipAddressType: type === 'PRIVATE' ? 'dualstack' : 'ipv4',
    vpcEndpointIds,
  })

  test.each([
    ['EDGE', 'REGIONAL'],
    ['EDGE', 'PRIVATE'],
    ['REGIONAL', 'EDGE'],
    ['REGIONAL', 'PRIVATE'],
    ['PRIVATE', 'REGIONAL'],
  ] as const)('from %s to %s takes the address type of the new one', (from, to) => {
    expect(changedEndpoint(of(from), types(to))).toEqual(of(to))
  })

  test('from PRIVATE to EDGE is refused', () => {
    expect(() => changedEndpoint(of('PRIVATE'), types('EDGE'))).toThrow()
  })

  test('from PRIVATE to REGIONAL is refused while endpoints are listed, and not when they go at the same time', () => {
    expect(() => changedEndpoint(of('PRIVATE', ['vpce-1']), types('REGIONAL'))).toThrow(
      'VPCEndpoints can only be specified with PRIVATE apis.',
    )
    expect(changedEndpoint(of('PRIVATE', ['vpce-1']), { ...types('REGIONAL'), vpcEndpointIds: [] })).toEqual(of('REGIONAL'))
  })

  test('to an unknown type or address type is refused in the words of an update', () => {
    expect(() => changedEndpoint(of('EDGE'), types('wrong'))).toThrow(
      'Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE',
    )
    expect(() => changedEndpoint(of('EDGE'), { ipAddressType: 'wrong' })).toThrow(
      'ipAddressType must be either ipv4 or dualstack.',
    )
  })
})
