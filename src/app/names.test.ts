import { describe, expect, it } from 'vitest'
import type { Records } from '#kit/records.ts'
import { memoryRecords } from '#kit/testing/memory-records.ts'
import { type RestApi, restApis } from '#services/apigateway/rest-apis.ts'
import { namesOnLoopback } from './names.ts'

const scope = { account: '111111111111', region: 'eu-central-1' }

function withApi(records: Records, id: string): Records {
  const api = { id, endpoint: { type: 'REGIONAL', vpcEndpointIds: [] } }
  records.put(restApis, scope, id, api as unknown as RestApi)
  return records
}

const values = (records: Records, host: string, name: string, type: 'A' | 'AAAA' = 'A') =>
  namesOnLoopback(records, host)(name, type).records.map(({ value }) => value)

describe("the internet's names on loopback", () => {
  it.each([
    ['127.0.0.1', 'A', '127.0.0.1'],
    ['192.168.7.7', 'A', '192.168.7.7'],
    ['0.0.0.0', 'A', '127.0.0.1'],
    ['localhost', 'A', '127.0.0.1'],
    ['::', 'A', '127.0.0.1'],
    ['::1', 'AAAA', '::1'],
  ] as const)('a front end at %s has the %s record %s', (host, type, expected) => {
    const records = withApi(memoryRecords(), 'abcdefghij')
    for (const name of [
      'abcdefghij.execute-api.eu-central-1.amazonaws.com',
      's3.eu-west-3.amazonaws.com',
      'bucket.s3.amazonaws.com',
    ]) {
      expect(values(records, host, name, type)).toEqual([expected])
    }
  })

  it('are made once, until an API, an endpoint or a zone changes', () => {
    const records = withApi(memoryRecords(), 'abcdefghij')
    let reads = 0
    const counted: Records = {
      ...records,
      all(table) {
        reads += 1
        return records.all(table)
      },
    }
    const answer = namesOnLoopback(counted, '127.0.0.1')
    const outcomeOf = (id: string) => answer(`${id}.execute-api.eu-central-1.amazonaws.com`, 'A').outcome
    expect([outcomeOf('abcdefghij'), outcomeOf('klmnopqrst')]).toEqual(['answer', 'NXDOMAIN'])
    const once = reads
    for (let ask = 0; ask < 100; ask += 1) outcomeOf('abcdefghij')
    expect(reads).toBe(once)
    withApi(records, 'klmnopqrst')
    expect(outcomeOf('klmnopqrst')).toBe('answer')
  })
})
