import { describe, expect, it } from 'vitest'
import { endpointCertificateNames, loopbackCertificateNames } from './certificate-names.ts'

describe('the names of certificates', () => {
  it.each([
    ['eu-central-1', ['*.execute-api.eu-central-1.amazonaws.com', '*.execute-api.eu-central-1.vpce.amazonaws.com']],
    ['cn-north-1', ['*.execute-api.cn-north-1.amazonaws.com.cn', '*.execute-api.cn-north-1.vpce.amazonaws.com.cn']],
  ])('of endpoints in %s are wildcards of one label, without the apex', (region, names) => {
    expect(endpointCertificateNames(region)).toEqual(names)
  })

  it('of loopback ports are those that lead to this machine', () => {
    expect(loopbackCertificateNames('eu-central-1')).toEqual([
      '*.execute-api.eu-central-1.localhost',
      '*.execute-api.eu-central-1.amazonaws.com.localhost',
      'localhost',
      '127.0.0.1',
      '::1',
    ])
  })
})
