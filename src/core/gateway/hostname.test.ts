import { describe, expect, it } from 'vitest'
import { hostnameOf, namesExecuteApi, parseApiHostname } from './hostname.ts'

const API = { apiId: 'abcdef1234', region: 'eu-central-1' }

describe('parseApiHostname', () => {
  it.each([
    ['abcdef1234.execute-api.eu-central-1.amazonaws.com', API],
    [
      'abcdef1234-vpce-0aaaaaaaaaaaaaaaa.execute-api.eu-central-1.amazonaws.com',
      { ...API, endpointId: 'vpce-0aaaaaaaaaaaaaaaa' },
    ],
    ['abcdef1234.execute-api.cn-north-1.amazonaws.com.cn', { ...API, region: 'cn-north-1' }],
    ['abcdef1234.execute-api.eu-central-1.localhost', API],
    ['abcdef1234.execute-api.eu-central-1.amazonaws.com.localhost', API],
    ['abcdef1234.execute-api.cn-north-1.amazonaws.com', undefined],
    ['abcdef1234.execute-api.eu-central-1.amazonaws.com.cn', undefined],
    ['abcdef1234.execute-api.eu-central-1.amazonaws.com.example.com', undefined],
    ['execute-api.eu-central-1.amazonaws.com', undefined],
    ['vpce-0aaaaaaaaaaaaaaaa-abcd1234.execute-api.eu-central-1.vpce.amazonaws.com', undefined],
    ['', undefined],
  ])('reads %s', (hostname, expected) => expect(parseApiHostname(hostname)).toEqual(expected))
})

describe('hostnameOf', () => {
  it.each([
    ['Example.COM', 'example.com'],
    ['example.com:8080', 'example.com'],
    ['example.com.', 'example.com'],
    ['example.com.:443', 'example.com'],
    ['', ''],
  ])('finds the name in %j', (host, expected) => expect(hostnameOf(host)).toBe(expected))
})

describe('namesExecuteApi', () => {
  it.each([
    ['abcdef1234.execute-api.eu-central-1.amazonaws.com', true],
    ['unknown.execute-api.eu-central-1.localhost:4566', true],
    ['vpce-0aaaaaaaaaaaaaaaa-abcd1234.execute-api.eu-central-1.vpce.amazonaws.com', true],
    ['execute-api.eu-central-1.amazonaws.com', true],
    ['apigateway.eu-central-1.amazonaws.com', false],
    ['127.0.0.1:4566', false],
  ])('of %s is %s', (host, expected) => expect(namesExecuteApi(host)).toBe(expected))
})
