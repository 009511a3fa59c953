import { describe, expect, it } from 'vitest'
import { CHECKSUMS } from './checksums.ts'

// The check values of the catalogue of parametrised CRC algorithms (https://reveng.sourceforge.io/crc-catalogue/), of `123456789`.
describe('check values', () => {
  it.each([
    ['CRC32', 'cbf43926'],
    ['CRC32C', 'e3069283'],
    ['CRC64NVME', 'ae8b14860a799888'],
    ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['SHA256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  ])('%s', (name, expected) => {
    const sum = CHECKSUMS[name]?.(Buffer.from('123456789')) ?? ''
    expect(Buffer.from(sum, 'base64').toString('hex')).toBe(expected)
  })
})
