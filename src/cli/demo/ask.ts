import { request } from 'node:http'

/** One request as a person would make it with curl. */
export interface Question {
  /** Where the connection goes: the main port, or the port that stands for an endpoint. */
  readonly to: string
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  readonly body: string
  readonly requestId: string
}

/** `fetch` will not send a Host of the caller's choice, so this is `node:http`. */
export function ask({ to, method = 'GET', path, headers = {} }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(to), { method, path, headers, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        body += chunk
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body, requestId: String(response.headers['x-amzn-requestid'] ?? '') }),
      )
      response.on('error', reject)
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}

/** The same question as a line to paste. */
export function asCurl({ to, method = 'GET', path, headers = {} }: Question): string {
  const options = [
    method === 'GET' ? '' : `-X ${method} `,
    ...Object.entries(headers).map(([name, value]) => `-H '${name}: ${value}' `),
  ]
  return `curl ${options.join('')}${to}${path}`
}
