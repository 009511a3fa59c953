import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AwsError } from '#core/aws/aws-error.ts'
import { hostnameOf, namesExecuteApi } from '#core/gateway/hostname.ts'
import type { Trace } from '#gateway/traces.ts'
import { type LocalView, localApi } from '#io/console/local-api.ts'
import { statusPage } from '#io/console/status-page.ts'
import { createFrontdoor } from '#io/frontdoor/frontdoor.ts'
import { refuseUnreadable, SERVER_OPTIONS } from '#io/listener/listeners.ts'
import { type Authority, type AuthorityCertificate, openAuthority } from '#io/tls/authority.ts'
import type { Clock, Ids } from '#kit/ports.ts'
import { changeSets } from '#kit/stacks.ts'
import { operations } from '#services/manifest.ts'
import { CannotStart } from './cannot-start.ts'
import { caveatsOf } from './caveats-of.ts'
import { type Cloud, messageOf, openCloud } from './cloud.ts'
import { type DataDirectory, openDataDirectory } from './data-directory.ts'
import { foreignPage } from './foreign-page.ts'
import { inventory } from './inventory.ts'
import type { Listing } from './listing.ts'
import { openDns } from './open-dns.ts'
import { keepPackage, packageOf } from './packages.ts'
import { openPlaces } from './places.ts'
import { preload } from './preload.ts'
import { stackEventsOf } from './stack-events-of.ts'
import { systemClock, systemIds } from './system.ts'
import { version } from './version.ts'

export interface PosternOptions {
  /** Where everything is kept. Without it, everything is forgotten at the end. */
  readonly dataDirectory?: string
  /** Port of the AWS API and the public gateway; 0, the default, picks a free one. */
  readonly port?: number
  /** The address to listen on: loopback, unless told otherwise. */
  readonly host?: string
  /** Port of the resolver that answers as the internet's does, on the same address; 0 picks a free one. Without it there is none. */
  readonly dnsPort?: number
  /** Put stubs in the place of what Postern does not implement, in every stack: else only in those that ask for it. */
  readonly stubUnsupported?: boolean
  /** Refuse AWS API calls whose signature is wrong. */
  readonly verifySignatures?: boolean
  /** The secret that signatures are verified with, for keys that Postern did not give out; `test` unless told. */
  readonly secretAccessKey?: string
  /** Told what an operator would want to read. */
  readonly log?: (line: string) => void
  /** Time and chance; a test may give its own. */
  readonly clock?: Clock
  readonly ids?: Ids
}

/** A whole cloud in this process, with its functions as child processes. */
export interface Postern {
  /** `http://127.0.0.1:4566`: the AWS API, and the public gateway by Host. */
  readonly endpoint: string
  /** `127.0.0.1:5353`: where names can be asked for, if a port was given for it. */
  readonly dns?: string
  /** Runs an AWS operation in process, such as `call('cloudformation', 'DescribeStacks', {})`. Throws `AwsError`. */
  call(service: string, operation: string, input: unknown, as?: { account?: string; region?: string }): Promise<unknown>
  list(): Listing
  /** The trace of a request, by the `x-amzn-RequestId` of its answer. */
  explain(requestId: string): Trace | undefined
  /** The certificate that clients must trust who speak TLS with endpoints. The first that asks has it made. */
  authority(): Promise<AuthorityCertificate>
  /** Ends everything; resolves when nothing is left running. */
  stop(): Promise<void>
}

/**
 * Starts a Postern. Resolves when requests are answered.
 *
 * @throws CannotStart where the directory or the port is not to be had
 */
export async function startPostern(options: PosternOptions = {}): Promise<Postern> {
  const { clock = systemClock, ids = systemIds, log = () => {}, host = '127.0.0.1' } = options
  const directory = openDataDirectory(options.dataDirectory)
  const closing: (() => Promise<void>)[] = [() => directory.close()]
  // All of it, whatever fails: what is left open would keep the process, or what it started, running.
  const stop = async () => {
    const failures: unknown[] = []
    for (const close of closing.splice(0).reverse()) await close().catch((error: unknown) => failures.push(error))
    if (failures.length > 0) throw failures[0]
  }
  try {
    const server = await listen(options.port ?? 0, host)
    closing.push(() => closeServer(server))
    const endpoint = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`
    const authority = openAuthority(directory.path, { ephemeral: directory.ephemeral })
    const cloud = await openCloud({
      directory,
      authority,
      clock,
      ids,
      endpoint,
      host,
      stubUnsupported: options.stubUnsupported ?? false,
      log,
    })
    closing.push(() => cloud.stop())
    const dns = options.dnsPort === undefined ? undefined : await openDns(cloud.ports.records, host, options.dnsPort, log)
    if (dns) closing.push(() => dns.stop())
    const view: LocalView = {
      ...viewOf(cloud, authority, directory, endpoint),
      openPlace: (wanted, { account, region }) => places.open(wanted, { account, region }),
    }
    const answer = answering(cloud, view, options, log)
    const places = openPlaces({
      records: cloud.ports.records,
      listeners: cloud.listeners,
      authority,
      answerApi: answer,
      onFault: (error) => log(`the network failed: ${error instanceof Error ? error.stack : error}`),
    })
    closing.push(() => places.stop())
    server.on('request', answer)
    // Any other expectation than `100-continue` is for whoever answers to judge.
    server.on('checkExpectation', answer)
    directory.announce(endpoint)
    preload(cloud).catch((error) => log(`code could not be read: ${messageOf(error)}`))
    return {
      endpoint,
      ...(dns && { dns: dns.address }),
      call: (service, operation, input, { account = '000000000000', region = 'us-east-1' } = {}) =>
        cloud.call(service, operation, input, cloud.callerOf(account, region)),
      list: () => inventory(cloud.ports.records, endpoint),
      explain: (requestId) => cloud.gateway.traces.find(requestId),
      authority: authority.certificate,
      stop,
    }
  } catch (error) {
    // What failed first says why; the end of what was half-started has nothing to add.
    await stop().catch(() => {})
    throw directory.explain(error)
  }
}

/** The main port: the local API and its page by path, APIs by Host, and the AWS API for all the rest. */
function answering(
  cloud: Cloud,
  view: LocalView,
  { verifySignatures = false, secretAccessKey = 'test' }: PosternOptions,
  log: (line: string) => void,
) {
  const frontdoor = createFrontdoor({
    operations,
    ports: cloud.ports,
    verifySignatures,
    secretAccessKey,
    log: (message, { requestId, error }) =>
      log(`${message} (request ${requestId}): ${error instanceof Error ? error.stack : error}`),
  })
  const local = localApi(view)
  const page = statusPage({
    list: () => inventory(cloud.ports.records, cloud.ports.addresses.endpoint),
    requests: cloud.gateway.traces.list,
  })
  return (request: IncomingMessage, response: ServerResponse) => {
    // The public front end is for the pages of the whole world, as AWS's is; everything behind it is not.
    const { host = '' } = request.headers
    if (namesExecuteApi(host) || cloud.gateway.servesDomain(hostnameOf(host)))
      return cloud.listeners.handlePublic(request, response)
    const foreign = foreignPage(request)
    if (foreign !== undefined) refuse(request, response, foreign)
    else if (request.url?.startsWith('/_postern/')) {
      const answer = request.url.startsWith('/_postern/api/') ? local : page
      answer(request, response).catch((error) => {
        log(`the local API failed: ${error instanceof Error ? error.stack : error}`)
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ error: { code: 'InternalFailure', message: messageOf(error) } }))
      })
    } else frontdoor(request, response)
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, message: string): void {
  request.resume()
  response.writeHead(403, {
    'content-type': 'application/json',
    'x-amzn-errortype': 'AccessDeniedException',
    connection: 'close',
  })
  response.end(JSON.stringify({ error: { code: 'Forbidden', message }, message }))
}

function viewOf(
  { ports, gateway, call, callerOf }: Cloud,
  authority: Authority,
  directory: DataDirectory,
  endpoint: string,
): Omit<LocalView, 'openPlace'> {
  return {
    list: () => inventory(ports.records, endpoint),
    requests: gateway.traces.list,
    request: (id) => (id === 'last' ? gateway.traces.last() : gateway.traces.find(id)),
    async stackEvents(caller, stack) {
      const events = stackEventsOf(ports.records, caller, stack)
      // What is shown outlasts a kill.
      await ports.records.flush()
      return events
    },
    caveats: (caller, stack) => caveatsOf(ports.records, caller, stack),
    changeSetCauses: (caller, id) => {
      const changeSet = ports.records.get(changeSets, caller, id)
      return changeSet && (changeSet.statusCauses ?? [])
    },
    call: (service, operation, input, { account, region, headers }) =>
      call(service, operation, input, callerOf(account, region, headers)),
    keepPackage: (bytes, { account, region }) => keepPackage(bytes, callerOf(account, region), call),
    packageOf: (digest) => packageOf(digest, ports),
    authority: () =>
      authority.certificate().catch((error: unknown) => {
        throw new AwsError('AuthorityUnusable', messageOf(error), { status: 500, cause: error })
      }),
    about: () => ({ version, pid: process.pid, endpoint, dataDirectory: directory.path }),
  }
}

function listen(port: number, host: string): Promise<Server> {
  const server = createServer(SERVER_OPTIONS)
  server.on('clientError', refuseUnreadable)
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const said = error.code === 'EADDRINUSE' ? `port ${port} is in use` : `cannot listen on ${host}:${port}: ${error.message}`
      reject(
        new CannotStart(said, 'stop what listens there, choose another with `--port`, or let `--port 0` find a free one', error),
      )
    })
    server.listen(port, host, () => resolve(server))
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
