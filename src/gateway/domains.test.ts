import { expect, it } from 'vitest'
import type { CustomDomain } from '#core/gateway/custom-domain.ts'
import { keepDomains } from './domains.ts'

const domain = (name: string, region = 'eu-central-1'): CustomDomain => ({
  arn: `arn:aws:apigateway:${region}::/domainnames/${name}`,
  name,
  account: '111122223333',
  region,
  endpointType: 'REGIONAL',
  mappings: [],
})

it('finds a name exactly before it finds a wildcard, and a wildcard for one label only', () => {
  const domains = keepDomains()
  for (const name of ['api.example.com', '*.example.com']) domains.put(domain(name))
  const found = (hostname: string) => domains.find(hostname)?.domain.name
  expect(found('api.example.com')).toBe('api.example.com')
  expect(found('api.example.com.localhost')).toBe('api.example.com')
  expect(found('other.example.com')).toBe('*.example.com')
  expect(found('a.other.example.com')).toBeUndefined()
  expect(found('example.com')).toBeUndefined()
  expect(found('localhost')).toBeUndefined()
  expect(found('127.0.0.1')).toBeUndefined()
  expect(found('')).toBeUndefined()
})

it('serves a name of two regions as the first has it, until that is withdrawn', () => {
  const domains = keepDomains()
  const [first, second] = [domain('api.example.com'), domain('api.example.com', 'eu-west-1')]
  for (const one of [first, second, first]) domains.put(one)
  expect(domains.find('api.example.com')?.domain.region).toBe('eu-central-1')
  domains.remove(first.arn)
  expect(domains.find('api.example.com')?.domain.region).toBe('eu-west-1')
  domains.remove(second.arn)
  expect(domains.find('api.example.com')).toBeUndefined()
})
