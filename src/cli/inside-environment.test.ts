import { expect, it } from 'vitest'
import { insideEnvironment } from './inside-environment.ts'

const authority = '/data/ca.pem'
const trust = {
  SSL_CERT_FILE: authority,
  CURL_CA_BUNDLE: authority,
  NODE_EXTRA_CA_CERTS: authority,
  AWS_CA_BUNDLE: authority,
  REQUESTS_CA_BUNDLE: authority,
}
const place = { AWS_REGION: 'eu-central-1', AWS_DEFAULT_REGION: 'eu-central-1' }

it.each([
  ['trusts our authority, in our region', { SSL_CERT_FILE: '/etc/other', AWS_REGION: 'us-east-1' }, {}],
  [
    'goes around by no proxy and no other endpoint',
    {
      http_proxy: 'http://p',
      HTTPS_PROXY: 'p',
      no_proxy: '*',
      AWS_ENDPOINT_URL: 'u',
      AWS_ENDPOINT_URL_S3: 'u',
      POSTERN_ENDPOINT: 'u',
    },
    {},
  ],
  ['keeps everything else', { HOME: '/home/me', AWS_ACCESS_KEY_ID: 'mine' }, { HOME: '/home/me', AWS_ACCESS_KEY_ID: 'mine' }],
])('a command inside %s', (_what, outside, kept) => {
  expect(insideEnvironment(outside, { authority, region: 'eu-central-1' })).toEqual({ ...trust, ...place, ...kept })
})

it('a command inside is of the account that was named', () => {
  const outside = { AWS_ACCESS_KEY_ID: 'mine', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' }
  expect(insideEnvironment(outside, { authority, region: 'eu-central-1', account: '222222222222' })).toMatchObject({
    AWS_ACCESS_KEY_ID: '222222222222',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SESSION_TOKEN: undefined,
  })
})
