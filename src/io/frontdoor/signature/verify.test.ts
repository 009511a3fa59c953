import { createHash, createHmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unchunk } from '../body/aws-chunked.ts'
import type { WireRequest } from '../exchange.ts'
import { chunkVerifier } from './chunk-verifier.ts'
import { readAuthorization } from './credential.ts'
import { hmac, sha256, signingKey } from './sign.ts'
import { verifySignature } from './verify.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const secrets = { credentials: { find: () => undefined }, secretAccessKey: SECRET }

class Sha256 {
  readonly #secret: string | Uint8Array | undefined
  #parts: Buffer[] = []
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret === undefined ? undefined : typeof secret === 'string' ? secret : Buffer.from(secret as Uint8Array)
  }
  update(part: string | Uint8Array) {
    this.#parts.push(Buffer.from(part as Uint8Array))
  }
  async digest() {
    const hash = this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret)
    return Uint8Array.from(hash.update(Buffer.concat(this.#parts)).digest())
  }
  reset() {
    this.#parts = []
  }
}

interface Given {
  readonly service: string
  readonly method: string
  readonly path: string
  readonly query: Record<string, string>
  readonly body: string
  readonly accessKeyId?: string
  readonly sessionToken?: string
}

const signer = ({ service, accessKeyId = 'AKIAIOSFODNN7EXAMPLE', sessionToken }: Given) =>
  new SignatureV4({
    service,
    region: 'eu-central-1',
    sha256: Sha256 as never,
    uriEscapePath: service !== 's3',
    credentials: { accessKeyId, secretAccessKey: SECRET, ...(sessionToken ? { sessionToken } : {}) },
  })

const unsigned = ({ method, path, query, body }: Given) => ({
  method,
  protocol: 'https:',
  hostname: 'example.com',
  path,
  query,
  headers: { host: 'example.com', 'x-custom': '  several   spaces ' },
  body,
})

const wire = (
  signed: { method: string; path: string; query?: Record<string, unknown>; headers: Record<string, string> },
  body: string,
): WireRequest => ({
  method: signed.method,
  path: signed.path,
  query: Object.entries(signed.query ?? {}).map(([name, value]) => [name, String(value)]),
  headers: Object.fromEntries(Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), value])),
  body: Buffer.from(body),
})

async function signed(given: Given): Promise<WireRequest> {
  const request = await signer(given).sign(unsigned(given) as never, { signingDate: new Date(NOW) })
  return wire(request as never, given.body)
}

/** As S3's clients make links: the body is not part of what is signed. Other services' links have none. */
async function presigned(given: Given, expiresIn = 60): Promise<WireRequest> {
  const link = unsigned({ ...given, body: '' })
  const headers = given.service === 's3' ? { ...link.headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } : link.headers
  const request = await signer(given).presign({ ...link, headers } as never, { signingDate: new Date(NOW), expiresIn })
  return wire(request as never, '')
}

function verdict(
  request: WireRequest,
  {
    now = NOW,
    style = 'query',
    using = secrets,
  }: { now?: number; style?: string; using?: Parameters<typeof verifySignature>[2] } = {},
): string {
  try {
    return verifySignature(request, readAuthorization(request), using, now, style).credential.accessKeyId
  } catch (error) {
    const { code, message } = error as { code: string; message: string }
    return `${code}: ${message}`
  }
}

const plain: Given = { service: 'sts', method: 'POST', path: '/', query: {}, body: 'Action=GetCallerIdentity' }
const object: Given = {
  service: 's3',
  method: 'PUT',
  path: '/bucket/a%20key/./..//x',
  query: { 'x-id': 'PutObject' },
  body: 'abc',
}

describe('what the reference library signs is verified', () => {
  const segment = fc.constantFrom('a', 'a%20b', '%C3%A9', 'x+y', 'k=v', "it's", '(1)', '~', 'a%2Fb')
  const requests = fc.record({
    service: fc.constantFrom('s3', 'lambda', 'apigateway'),
    method: fc.constantFrom('GET', 'PUT', 'POST'),
    path: fc.array(segment, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`),
    query: fc.dictionary(fc.constantFrom('a', 'B', 'list-type', 'é'), fc.constantFrom('', '1', 'x y', "a+b/c=d'*()", '日本'), {
      maxKeys: 3,
    }),
    body: fc.string({ unit: 'grapheme', maxLength: 10 }),
  })

  it('in a header', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (given) => {
        expect(verdict(await signed(given))).toBe('AKIAIOSFODNN7EXAMPLE')
      }),
    )
  })

  it('in a URL', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (given) => {
        expect(verdict(await presigned(given))).toBe('AKIAIOSFODNN7EXAMPLE')
      }),
    )
  })

  it('and is not verified once anything of it has changed', async () => {
    for (const given of [plain, object]) {
      const request = await signed(given)
      const { authorization = '' } = request.headers
      const other = {
        ...request.headers,
        authorization: authorization.replace(/[0-9a-f]{4}$/, (end) => (end === '0000' ? '1111' : '0000')),
      }
      for (const changed of [
        { ...request, method: 'DELETE' },
        { ...request, path: `${request.path}x` },
        { ...request, query: [...request.query, ['y', '1'] as const] },
        { ...request, headers: { ...request.headers, 'x-custom': 'other' } },
        { ...request, headers: other },
      ]) {
        expect(verdict(changed)).toMatch(/^SignatureDoesNotMatch: The request signature we calculated does not match/)
      }
      expect(
        verdict({ ...request, body: Buffer.from('other') }, { style: given.service === 's3' ? 'rest-xml' : 'query' }),
      ).toMatch(/^(XAmzContentSHA256Mismatch|SignatureDoesNotMatch): /)
    }
  })
})

describe('refusals, in the words of each family', () => {
  it.each([
    ['query', 'MissingAuthenticationToken: Request is missing Authentication Token'],
    ['json', 'MissingAuthenticationTokenException: Request is missing Authentication Token'],
    ['rest-xml', 'AccessDenied: Access Denied'],
  ])('unsigned, %s', (style, said) => {
    expect(verdict(wire({ method: 'POST', path: '/', headers: {} }, ''), { style })).toBe(said)
  })

  it.each([
    [
      'query',
      `SignatureDoesNotMatch: Signature expired: 20260301T120000Z is now earlier than 20260301T120100Z (20260301T120600Z - 5 min.)`,
    ],
    [
      'rest-json',
      `InvalidSignatureException: Signature expired: 20260301T120000Z is now earlier than 20260301T120100Z (20260301T120600Z - 5 min.)`,
    ],
    ['ec2', 'RequestExpired: Request has expired.'],
  ])('too old, %s', async (style, said) => {
    expect(verdict(await signed(plain), { now: NOW + 6 * 60_000, style })).toBe(said)
  })

  it('too early', async () => {
    expect(verdict(await signed(plain), { now: NOW - 6 * 60_000 })).toBe(
      'SignatureDoesNotMatch: Signature not yet current: 20260301T120000Z is still later than 20260301T115900Z (20260301T115400Z + 5 min.)',
    )
  })

  it('S3 allows a quarter of an hour', async () => {
    expect(verdict(await signed(object), { now: NOW + 14 * 60_000, style: 'rest-xml' })).toBe('AKIAIOSFODNN7EXAMPLE')
    expect(verdict(await signed(object), { now: NOW + 16 * 60_000, style: 'rest-xml' })).toMatch(/^RequestTimeTooSkewed: /)
  })

  it('a link that has expired', async () => {
    expect(verdict(await presigned(object, 60), { now: NOW + 61_000, style: 'rest-xml' })).toBe(
      'AccessDenied: Request has expired',
    )
  })

  it.each([
    [
      'AWS4-HMAC-SHA256 SignedHeaders=host',
      "IncompleteSignature: Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization=AWS4-HMAC-SHA256",
    ],
    [
      'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=1',
      "IncompleteSignature: Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b'",
    ],
    ['Basic abc', "IncompleteSignature: Unsupported AWS 'algorithm': 'Basic'."],
  ])('incomplete: %s', (authorization, said) => {
    expect(verdict(wire({ method: 'POST', path: '/', headers: { authorization } }, ''))).toBe(said)
  })
})

describe('sessions', () => {
  const issued = { account: '1', secretAccessKey: SECRET, sessionToken: 'token', principalArn: 'p' }
  const using = { ...secrets, credentials: { find: (key: string) => (key === 'ASIAKNOWN' ? issued : undefined) } }
  const invalid = 'InvalidClientTokenId: The security token included in the request is invalid.'

  it.each([
    ['known, with its token', 'ASIAKNOWN', 'token', 'ASIAKNOWN'],
    ['known, with another token', 'ASIAKNOWN', 'other', invalid],
    ['known, without a token', 'ASIAKNOWN', undefined, invalid],
    ['unknown', 'ASIAOTHER', 'token', invalid],
  ])('%s', async (_name, accessKeyId, sessionToken, said) => {
    expect(verdict(await signed({ ...plain, accessKeyId, ...(sessionToken ? { sessionToken } : {}) }), { using })).toBe(said)
  })
})

describe('chunks that are signed one by one', () => {
  const credential = {
    accessKeyId: 'a',
    date: '20260301',
    region: 'eu-central-1',
    service: 's3',
    signedHeaders: ['host'],
    signature: 'seed',
    where: 'header' as const,
  }
  const headers = { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'x-amz-date': '20260301T120000Z' }

  function chunked(...chunks: string[]): string {
    const key = signingKey(credential, SECRET)
    let previous = credential.signature
    return [...chunks, '']
      .map((chunk) => {
        const scope = '20260301/eu-central-1/s3/aws4_request'
        const toSign = ['AWS4-HMAC-SHA256-PAYLOAD', headers['x-amz-date'], scope, previous, sha256(''), sha256(chunk)].join('\n')
        previous = hmac(key, toSign).toString('hex')
        return `${Buffer.byteLength(chunk).toString(16)};chunk-signature=${previous}\r\n${chunk}\r\n`
      })
      .join('')
  }
  const read = (body: string) => {
    const request = wire({ method: 'PUT', path: '/b/k', headers }, body)
    return Buffer.from(unchunk(request, chunkVerifier(request, credential, SECRET)).body).toString()
  }

  it('are joined where all signatures fit', () => {
    expect(read(chunked('one', 'two'))).toBe('onetwo')
  })

  it('are refused where one does not, or where two have changed places', () => {
    expect(() => read(chunked('one', 'two').replace('two', 'twx'))).toThrow(/does not match/)
    const [a = '', b = '', c = ''] = chunked('one', 'two').split(/(?<=\r\n)(?=3;|0;)/)
    expect(() => read(b + a + c)).toThrow(/does not match/)
  })
})
