import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { readBody } from './read-body.ts'

const MEBIBYTE = 1024 * 1024

function message(
  parts: Iterable<Buffer>,
  headers: Record<string, string> = {},
): { message: IncomingMessage; read: () => number } {
  let read = 0
  const counted = function* () {
    for (const part of parts) {
      read += part.length
      yield part
    }
  }
  return { message: Object.assign(Readable.from(counted()), { headers }) as unknown as IncomingMessage, read: () => read }
}

async function refusal(service: string | undefined, given: { message: IncomingMessage }): Promise<string> {
  try {
    return `${(await readBody(given.message, service)).length} bytes`
  } catch (error) {
    const { code, status } = error as { code: string; status: number }
    return `${code} ${status}`
  }
}

describe('a body that says it is too large is refused unread', () => {
  it.each([
    ['s3', 256 * MEBIBYTE, 'EntityTooLarge 400'],
    ['lambda', 70 * MEBIBYTE, 'RequestEntityTooLargeException 413'],
    ['apigateway', 10 * MEBIBYTE, 'RequestEntityTooLarge 413'],
    ['cloudformation', 2 * MEBIBYTE, 'RequestEntityTooLarge 413'],
    [undefined, 2 * MEBIBYTE, 'RequestEntityTooLarge 413'],
  ])('%s, %i', async (service, limit, said) => {
    const given = message([Buffer.from('x')], { 'content-length': String(limit + 1) })
    expect(await refusal(service, given)).toBe(said)
    expect(given.read()).toBe(0)
    expect(await refusal(service, message([Buffer.from('x')], { 'content-length': String(limit) }))).toBe('1 bytes')
  })
})

it('a body that does not say so is refused once it is', async () => {
  const endless = (function* () {
    for (;;) yield Buffer.alloc(MEBIBYTE)
  })()
  const given = message(endless)
  expect(await refusal('sts', given)).toBe('RequestEntityTooLarge 413')
  expect(given.read()).toBeLessThan(32 * MEBIBYTE)
})
