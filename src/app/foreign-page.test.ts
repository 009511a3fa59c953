import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { foreignPage } from './foreign-page.ts'

const request = (headers: Record<string, string>, { url = '/', from = '127.0.0.1' } = {}) =>
  ({ headers: { host: '127.0.0.1:4566', ...headers }, url, socket: { remoteAddress: from } }) as unknown as IncomingMessage

const ACTS = '/?Action=CreateStack&Version=2010-05-15'

describe('who may use the AWS API', () => {
  it.each([
    ['a client that is no browser', {}],
    ['a client without Host', { host: '' }],
    ['a page of this machine', { origin: 'http://localhost:3000' }],
    ['a page of this machine, by address', { origin: 'http://127.0.0.1:3000' }],
    ['a page of this machine, by IPv6', { origin: 'http://[::1]:3000', host: '[::1]:4566' }],
    ['a page under .localhost', { origin: 'https://app.localhost' }],
    ['a name of AWS', { host: 's3.eu-central-1.amazonaws.com' }],
    ['a bucket of this machine', { host: 'bucket.s3.localhost:4566' }],
    ['a name of China', { host: 'sts.cn-north-1.amazonaws.com.cn' }],
    ['a name without dots', { host: 'postern:4566' }],
    ['a picture in a page from elsewhere', { 'sec-fetch-site': 'cross-site' }],
  ])('%s may', (_who, headers) => {
    expect(foreignPage(request(headers))).toBeUndefined()
  })

  it('a name of its own on another machine may: Postern was told to listen there', () => {
    expect(foreignPage(request({ host: 'cloud.corp.example' }, { from: '192.0.2.7' }))).toBeUndefined()
  })

  it.each([
    ['a page from elsewhere', { origin: 'https://evil.example' }, '/', /evil\.example/],
    ['a page without an origin of its own', { origin: 'null' }, '/', /null/],
    ['a page that looks like this machine', { origin: 'http://localhost.evil.example' }, '/', /localhost\.evil/],
    ['a page that begins like this machine', { origin: 'http://127.0.0.1.evil.example' }, '/', /evil/],
    ['a link that acts', { 'sec-fetch-site': 'cross-site' }, ACTS, /from elsewhere/],
    ['a name that was bent to this machine', { host: 'evil.example:4566' }, '/', /evil\.example/],
    ['a name that looks like AWS', { host: 'amazonaws.com.evil.example' }, '/', /evil/],
  ])('%s may not', (_who, headers, url, said) => {
    expect(foreignPage(request(headers, { url }))).toMatch(said)
  })
})
