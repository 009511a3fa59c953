// `awslambda.streamifyResponse`: the stream is collected and answered as one payload, as AWS does for a buffered invocation.
import { Writable } from 'node:stream'

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming')

export function provideStreaming() {
  globalThis.awslambda = {
    streamifyResponse: (handler) => Object.assign(handler, { [STREAMING]: 'response' }),
    HttpResponseStream: {
      /** Status and headers travel in front of the body, closed by eight zero bytes. */
      from(stream, prelude) {
        stream.setContentType('application/vnd.awslambda.http-integration-response')
        stream.write(`${JSON.stringify(prelude)}${'\0'.repeat(8)}`)
        return stream
      },
    },
  }
}

export const isStreaming = (handler) => handler[STREAMING] === 'response'

/** Runs a streaming handler to its end; answers the text that it wrote. */
export async function collectStream(handler, event, context) {
  const chunks = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  stream.setContentType = () => {}
  await handler(event, stream, context)
  if (!stream.writableFinished && !stream.writableEnded) throw new Error('Response stream is not finished.')
  return Buffer.concat(chunks).toString()
}
