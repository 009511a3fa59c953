import { describe, expect, test } from 'vitest'
import { checkedChecksum, checkMd5, checksumOf, compositeOf } from './checksums.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const hex = (base64: string) => Buffer.from(base64, 'base64').toString('hex')

// The check values that the catalogues of CRCs publish, and those of the SHA standards.
test.each([
  ['CRC32', '123456789', 'cbf43926'],
  ['CRC32C', '123456789', 'e3069283'],
  ['CRC64NVME', '123456789', 'ae8b14860a799888'],
  ['SHA1', 'abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['SHA256', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
] as const)('%s of `%s`', (algorithm, text, expected) => {
  expect(hex(checksumOf(algorithm, bytes(text)))).toBe(expected)
})

describe('checkedChecksum', () => {
  test('takes a checksum that is right, whichever it is', () => {
    const ChecksumSHA256 = checksumOf('SHA256', bytes('abc'))
    expect(checkedChecksum({ ChecksumSHA256 }, undefined, bytes('abc'))).toEqual({
      algorithm: 'SHA256',
      value: ChecksumSHA256,
      type: 'FULL_OBJECT',
    })
  })

  test('refuses one that is wrong', () => {
    expect(() => checkedChecksum({ ChecksumCRC32: 'AAAAAA==' }, 'CRC32', bytes('abc'))).toThrow(
      expect.objectContaining({
        code: 'BadDigest',
        message: 'The CRC32 you specified did not match the calculated checksum.',
      }),
    )
  })

  test.each([
    [undefined, 'CRC64NVME'],
    ['SHA1', 'SHA1'],
  ])('makes one where none is given: asked for %s, it is %s', (wanted, algorithm) => {
    expect(checkedChecksum({}, wanted, bytes('abc')).algorithm).toBe(algorithm)
  })
})

test('a composite is the checksum of the checksums, with their number', () => {
  const parts = ['one', 'two'].map((text) => checksumOf('SHA256', bytes(text)))
  const raw = Buffer.concat(parts.map((part) => Buffer.from(part, 'base64')))
  expect(compositeOf('SHA256', parts)).toBe(`${checksumOf('SHA256', raw)}-2`)
})

test.each([
  ['kAFQmDzST7DWlj99KOF/cg==', undefined],
  ['AAAAAAAAAAAAAAAAAAAAAA==', 'BadDigest'],
  ['abc', 'InvalidDigest'],
])('Content-MD5 `%s` of `abc`: %s', (md5, code) => {
  const check = () => checkMd5(md5, bytes('abc'))
  if (code) expect(check).toThrow(expect.objectContaining({ code }))
  else expect(check()).toBeUndefined()
})
