/** The proxy event that API Gateway hands to a function, built the plain way: what the limits L1 and L2 pay for. */
export function proxyEvent(request) {
  const headers = {}
  const multiValueHeaders = {}
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index]
    headers[name] = request.rawHeaders[index + 1]
    multiValueHeaders[name] = [...(multiValueHeaders[name] ?? []), request.rawHeaders[index + 1]]
  }
  const path = request.url.replace(/^\/[^/]+/, '')
  return {
    resource: path,
    path,
    httpMethod: request.method,
    headers,
    multiValueHeaders,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      resourceId: 'abc123',
      resourcePath: path,
      httpMethod: request.method,
      requestTime: new Date().toISOString(),
      requestTimeEpoch: Date.now(),
      path: request.url,
      accountId: '000000000000',
      protocol: 'HTTP/1.1',
      stage: 'bench',
      requestId: crypto.randomUUID(),
      identity: { sourceIp: request.socket.remoteAddress, userAgent: headers['User-Agent'] ?? null },
      apiId: 'abcdefghij',
    },
    body: null,
    isBase64Encoded: false,
  }
}

export function send(response, { statusCode, headers, body }) {
  response.writeHead(statusCode, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
