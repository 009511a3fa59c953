import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { services } from '#services/models/services.ts'
import { type OpenFrontdoor, openFrontdoor, scope } from './testing/open-frontdoor.ts'

let frontdoor: OpenFrontdoor

beforeAll(async () => {
  const tables = await Promise.all(services.map(async (entry) => (await entry.load()).table))
  const names = tables.flatMap(({ service, operations }) => Object.keys(operations).map((name) => `${service}.${name}`))
  frontdoor = await openFrontdoor(Object.fromEntries(names.map((name) => [name, () => ({})])))
})
afterAll(() => frontdoor.close())

const pieces = fc.constantFrom(
  ...['{', '}', '[', ']', '"a"', ':', ',', 'null', '1e999', '"__proto__"', '"FunctionName"', '"logGroupName"'],
  ...['<a>', '</a>', '<Delete>', '<Object/>', '&x;', '<!DOCTYPE a>', ']]>', '<', '>'],
  ...[
    'Action=',
    'CreateStack',
    'DescribeVpcs',
    'AssumeRole',
    '&',
    '=',
    '%',
    '%zz',
    '.',
    'Tags.member.1',
    'Filter.1.Value.-1',
    '__proto__.x=1',
    'constructor.prototype.y=1',
  ],
  ...['\r\n', '0\r\n', '5;chunk-signature=ab\r\n', 'hello', '\u0000', 'é', ' '],
)
const text = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''))
const bytes = fc.oneof(
  text.map((value) => Buffer.from(value)),
  fc.uint8Array({ maxLength: 30 }),
)
const visible = (value: string) => value.replace(/[^\x21-\x7e]/g, '')
const segment = fc.oneof(
  fc.constantFrom('b', 'functions', '2015-03-31', 'restapis', 'stages', '..', '', '%', '%00', '%E9'),
  text.map(encodeURIComponent),
)

const requests = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'),
  path: fc
    .tuple(fc.array(segment, { maxLength: 5 }), fc.array(text.map(visible), { maxLength: 3 }))
    .map(([path, query]) => `/${path.join('/')}?${query.join('&')}`),
  service: fc.constantFrom(...services.map(({ signingName }) => signingName), 'nothing', ''),
  headers: fc.dictionary(
    fc.constantFrom(
      'content-type',
      'x-amz-target',
      'content-md5',
      'x-amz-content-sha256',
      'content-encoding',
      'x-amz-copy-source',
      'x-amz-date',
      'range',
      'if-modified-since',
      'smithy-protocol',
      'x-amz-object-attributes',
    ),
    fc.oneof(
      fc.constantFrom(
        'application/x-www-form-urlencoded',
        'Logs_20140328.PutLogEvents',
        'Logs_20140328.',
        'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        'aws-chunked',
        'rpc-v2-cbor',
        '"a, b"',
      ),
      text.map(visible),
    ),
    { maxKeys: 4, noNullPrototype: true },
  ),
  body: bytes,
})

it('no request is a fault of ours, and none reaches into objects', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async ({ method, path, service, headers, body }) => {
      const answer = await frontdoor.call({ method, path, headers: { ...(service ? scope(service) : {}), ...headers }, body })
      expect(frontdoor.faults).toEqual([])
      expect(answer.status).toBeGreaterThanOrEqual(200)
      expect(answer.status).not.toBe(500)
      expect(({} as Record<string, unknown>)['x'] ?? ({} as Record<string, unknown>)['y']).toBeUndefined()
    }),
    { numRuns: 1500 },
  )
})
