const POLYNOMIAL = 0x9a6c9329ac4bc9b5n

const HIGH = new Uint32Array(256)
const LOW = new Uint32Array(256)
for (let byte = 0; byte < 256; byte += 1) {
  let sum = BigInt(byte)
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1n ? (sum >> 1n) ^ POLYNOMIAL : sum >> 1n
  HIGH[byte] = Number(sum >> 32n)
  LOW[byte] = Number(sum & 0xffffffffn)
}

/** CRC-64/NVME, in halves: JavaScript's integers of 64 bits are too slow for whole objects. */
export function crc64nvme(bytes: Uint8Array): bigint {
  let high = 0xffffffff
  let low = 0xffffffff
  for (const byte of bytes) {
    const index = (low ^ byte) & 0xff
    low = (((low >>> 8) | (high << 24)) ^ (LOW[index] as number)) >>> 0
    high = ((high >>> 8) ^ (HIGH[index] as number)) >>> 0
  }
  return (BigInt((high ^ 0xffffffff) >>> 0) << 32n) | BigInt((low ^ 0xffffffff) >>> 0)
}
