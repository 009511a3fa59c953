import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { apiStage, entranceTo, lambdaMethod } from '#core/gateway/testing/api-stage.ts'
import type { FunctionAnswer } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { compressAnswer } from './compress-answer.ts'
import { createGateway } from './gateway.ts'

/** Sends a body to a function that answers with the body it got. */
async function send(body: Uint8Array, contentEncoding: string, minimumCompressionSize: number | undefined) {
  const functions = {
    async invoke({ payload }: { payload: Uint8Array }): Promise<FunctionAnswer> {
      const event = JSON.parse(Buffer.from(payload).toString())
      const answer = JSON.stringify({ statusCode: 200, body: event.body })
      return { kind: 'answered', requestId: 'r', payload: Buffer.from(answer), executedVersion: '1' }
    },
  }
  const gateway = createGateway(fakePorts({ functions }))
  const methods = [lambdaMethod('POST', '/entities')]
  gateway.publishStage(
    apiStage({ snapshot: { methods, ...(minimumCompressionSize !== undefined && { minimumCompressionSize }) } }),
  )
  gateway.putEntrance(entranceTo())
  const rawHeaders = ['Host', 'abcdef1234.execute-api.eu-central-1.amazonaws.com', 'Content-Encoding', contentEncoding]
  const request = {
    method: 'POST',
    target: '/dev/entities',
    rawHeaders,
    body,
    bodyTooLarge: false,
    clientAddress: '10.0.0.1',
    protocol: 'HTTP/1.1',
  }
  const answer = await gateway.handle(request, 'vpce-0aaaaaaaaaaaaaaaa')
  const codes = gateway.traces.last()?.steps.map(({ because }) => because.code) ?? []
  return { status: answer.status, body: answer.body.toString(), code: codes.findLast((code) => code.startsWith('decode-body/')) }
}

describe('a compressed body', () => {
  it.each([
    ['gzip', gzipSync('grüße')],
    ['GZIP', gzipSync('grüße')],
    ['deflate', deflateSync('grüße')],
  ])('of %s is unpacked for the function, where the API compresses', async (encoding, body) => {
    expect(await send(body, encoding, 0)).toEqual({ status: 200, body: 'grüße', code: 'decode-body/decoded' })
  })

  it('is handed on as it is where the API does not', async () => {
    expect(await send(Buffer.from('plain'), 'gzip', undefined)).toEqual({
      status: 200,
      body: 'plain',
      code: 'decode-body/as-sent',
    })
  })

  it('that is none is refused', async () => {
    expect(await send(Buffer.from('plain'), 'gzip', 0)).toMatchObject({ status: 400, code: 'decode-body/undecodable' })
  })

  it('that unpacks to more than 10 MB is refused before it costs memory', async () => {
    expect(await send(gzipSync(Buffer.alloc(11 * 1024 * 1024)), 'gzip', 0)).toMatchObject({
      status: 413,
      code: 'decode-body/too-large',
    })
  })
})

describe('compressAnswer', () => {
  const answer = { status: 200, rawHeaders: ['Content-Type', 'text/plain', 'x-own', '1'], body: 'hello hello hello' }

  it('packs what is long enough, right after the content type', async () => {
    const { rawHeaders, body } = await compressAnswer(answer, 17, 'gzip, deflate')
    expect(rawHeaders).toEqual(['Content-Type', 'text/plain', 'Content-Encoding', 'gzip', 'x-own', '1'])
    expect(gunzipSync(body as Buffer).toString()).toBe(answer.body)
  })

  it('follows what the client likes better', async () => {
    const { body } = await compressAnswer(answer, 0, 'gzip;q=0.5, deflate')
    expect(inflateSync(body as Buffer).toString()).toBe(answer.body)
  })

  it.each([
    ['a body that is too short', answer, 18, 'gzip'],
    ['a client that asks for nothing', answer, 0, undefined],
    ['a client that takes another coding', answer, 0, 'br, identity'],
    ['a client that wants no coding', answer, 0, 'gzip;q=0, *;q=0'],
    ['a body that is packed already', { ...answer, rawHeaders: [...answer.rawHeaders, 'content-encoding', 'br'] }, 0, 'gzip'],
    ['no body', { ...answer, body: '' }, 0, 'gzip'],
  ])('leaves %s as it is', async (_, plain, minimum, accept) => {
    expect(await compressAnswer(plain, minimum, accept)).toBe(plain)
  })
})
