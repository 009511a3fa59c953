import { AwsError } from '#core/aws/aws-error.ts'
import type { ServiceEntry, ServiceModel } from '#kit/service-model.ts'
import { services } from '#services/models/services.ts'
import type { Call, WireRequest } from './exchange.ts'
import { formFields } from './protocols/form.ts'
import { type ProtocolKey, protocolKeyOf } from './protocols/protocols.ts'
import { routeOf } from './routes.ts'
import type { Authorization } from './signature/credential.ts'

type Head = Omit<WireRequest, 'body'>

/** What the head of a request says about where it goes. */
export interface Destination {
  /** Missing where the body must be read first, or where the service is none that Postern knows. */
  readonly entry: ServiceEntry | undefined
  /** What the client calls the service, for messages. */
  readonly said: string
  readonly protocol: ProtocolKey
}

const CBOR_PATH = /\/service\/([^/]+)\/operation\/([^/]+)\/?$/

/** Names the service by the request's own words: protocol headers first, then the signature, then what is left without one. */
export function destinationOf(head: Head, authorization: Authorization): Destination {
  const signed = authorization.kind === 'signed' ? authorization.credential.service : undefined
  const bySignature = services.find(({ signingName }) => signingName === signed)
  if (head.headers['smithy-protocol'] === 'rpc-v2-cbor') {
    const [, name = ''] = CBOR_PATH.exec(head.path) ?? []
    return {
      entry: bySignature ?? services.find(({ targetPrefix }) => targetPrefix === name),
      said: signed ?? name,
      protocol: 'cbor',
    }
  }
  const target = head.headers['x-amz-target']
  if (target !== undefined) {
    const prefix = target.slice(0, target.lastIndexOf('.'))
    const entry = services.find(({ targetPrefix }) => targetPrefix === prefix)
    return { entry, said: signed ?? prefix, protocol: 'json' }
  }
  if (signed !== undefined) {
    return { entry: bySignature, said: signed, protocol: bySignature ? bySignature.protocol : protocolKeyOf(head) }
  }
  return unsigned(head)
}

/** Without a signature: a query names its version, a host its service, and what is left is an object of S3. */
function unsigned(head: Head): Destination {
  const isForm = (head.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
  const version = head.query.find(([name]) => name === 'Version')?.[1]
  if (isForm || head.query.some(([name]) => name === 'Action')) {
    const entry = services.find(({ apiVersion }) => apiVersion === version)
    return { entry, said: version ?? 'unsigned', protocol: entry?.protocol ?? 'query' }
  }
  const [host = ''] = (head.headers['host'] ?? '').split('.')
  const entry = services.find(({ signingName }) => signingName === host) ?? services.find(({ service }) => service === 's3')
  return { entry, said: host, protocol: entry?.protocol ?? 'rest-xml' }
}

/** Names the service of an unsigned form, once its body is there. */
export function destinationOfForm(request: WireRequest, destination: Destination): Destination {
  if (destination.entry || destination.protocol !== 'query') return destination
  const version = formFields(request).find(([name]) => name === 'Version')?.[1]
  const entry = services.find(
    ({ apiVersion, protocol }) => apiVersion === version && (protocol === 'query' || protocol === 'ec2'),
  )
  return entry ? { entry, said: entry.service, protocol: entry.protocol } : destination
}

/** Names the operation. Throws what AWS says of one that it does not know. */
export function callOf(request: WireRequest, protocol: ProtocolKey, service: ServiceModel): Call {
  switch (protocol) {
    case 'query':
    case 'ec2':
      return namedCall(service, formFields(request).find(([name]) => name === 'Action')?.[1], missingAction)
    case 'json':
      return namedCall(service, request.headers['x-amz-target']?.split('.').at(-1), unknownOperation)
    case 'cbor':
      return namedCall(service, CBOR_PATH.exec(request.path)?.[2], unknownOperation)
    default: {
      const inS3 = service.service === 's3'
      const route = routeOf(service, { ...request, path: inS3 ? pathStyle(request) : request.path })
      if (!route) throw inS3 ? methodNotAllowed(request) : unknownOperation(undefined, 404)
      return { service, name: route.name, shape: service.operations[route.name] as Call['shape'], labels: route.labels }
    }
  }
}

function namedCall(service: ServiceModel, name: string | undefined, refuse: (name: string | undefined) => AwsError): Call {
  const shape = name !== undefined && Object.hasOwn(service.operations, name) ? service.operations[name] : undefined
  if (!name || !shape) throw refuse(name)
  return { service, name, shape, labels: {} }
}

function missingAction(name: string | undefined): AwsError {
  if (!name) return new AwsError('MissingAction', 'The request must contain the parameter Action', { status: 400 })
  return new AwsError('InvalidAction', `The action ${name} is not valid for this web service.`, { status: 400 })
}

function unknownOperation(name: string | undefined, status = 400): AwsError {
  return new AwsError('UnknownOperationException', name ? `The operation ${name} is not known` : 'Unknown operation', { status })
}

function methodNotAllowed({ method }: WireRequest): AwsError {
  const fields = { Method: method, ResourceType: 'BUCKET' }
  return new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', { status: 405, fields })
}

const S3_HOST = /^(?:(.+)\.)?s3(?:[.-][a-z0-9-]+)*\.(?:amazonaws\.com(?:\.cn)?|localhost)(?::\d+)?$/
const BUCKET_OF_LOCALHOST = /^(.+)\.localhost(?::\d+)?$/

/** S3 takes the bucket from the host too: `{bucket}.s3.{region}.amazonaws.com/key` is `/bucket/key`. */
export function pathStyle({ path, headers }: Pick<WireRequest, 'path' | 'headers'>): string {
  const host = headers['host'] ?? ''
  const [, bucket] = S3_HOST.exec(host) ?? BUCKET_OF_LOCALHOST.exec(host) ?? []
  if (!bucket) return path
  return `/${bucket}${path === '/' ? '' : path}`
}
