import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { dnsSuffixOf } from '#core/aws/scope.ts'
import { endpointCertificateNames } from '#core/net/certificate-names.ts'
import { formatAddress } from '#core/net/cidr.ts'
import { interfaceBehind } from '#core/net/interface-behind.ts'
import type { NetworkInterface } from '#core/net/network.ts'
import { EDGE_FRONT_END, REGIONAL_FRONT_END } from '#core/net/public-addresses.ts'
import { type NamedNetwork, resolve } from '#core/net/resolve.ts'
import { answerForwarded } from '#io/dns/answer-forwarded.ts'
import { acceptTls } from '#io/listener/accept-tls.ts'
import { type Listeners, SERVER_OPTIONS } from '#io/listener/listeners.ts'
import type { Connection } from '#io/netns/connections.ts'
import type { Authority } from '#io/tls/authority.ts'
import type { Place } from './insides.ts'

export interface ServePlaceOptions {
  readonly networkOf: (region: string) => NamedNetwork
  readonly listeners: Listeners
  readonly authority: Authority
  /** Answers requests to the AWS API. */
  readonly answerApi: (request: IncomingMessage, response: ServerResponse) => void
  readonly onFault: (error: unknown) => void
}

const DNS = 53
const FRONT_ENDS = [REGIONAL_FRONT_END, EDGE_FRONT_END]

/** Answers what somebody at a place connects to, which their surface let through: names, endpoints, front ends, the AWS API. */
export function servePlace(options: ServePlaceOptions): (connection: Connection, place: Place) => void {
  const { networkOf, listeners, authority, answerApi, onFault } = options
  const frontEnd = createServer(SERVER_OPTIONS, listeners.handlePublic)
  const api = createServer(SERVER_OPTIONS, answerApi)

  const overTls = ({ stream, from }: Connection, names: readonly string[], serve: (socket: Socket) => void) => {
    authority.for(names).then(
      (certificate) => acceptTls({ stream, address: formatAddress(from.address) }, certificate, serve),
      (error) => {
        onFault(error)
        stream.destroy()
      },
    )
  }
  const throughInterface = (connection: Connection, { region }: Place, { endpointId }: NetworkInterface) => {
    const isApis = endpointId !== undefined && listeners.has(endpointId)
    if (isApis) overTls(connection, endpointCertificateNames(region), (socket) => listeners.connect(endpointId, socket))
    else overTls(connection, serviceCertificateNames(region), (socket) => api.emit('connection', socket))
  }

  return (connection, place) => {
    const { stream, to, protocol } = connection
    const { region, vantage } = place
    if (to.port === DNS) {
      answerForwarded({ stream, protocol }, (name, type) => resolve(networkOf(region), vantage, name, type), onFault)
      return
    }
    const there = interfaceBehind(networkOf(region), vantage, to.address)
    if (there) throughInterface(connection, place, there)
    else if (FRONT_ENDS.includes(formatAddress(to.address))) {
      overTls(connection, endpointCertificateNames(region).slice(0, 1), (socket) => frontEnd.emit('connection', socket))
    } else overTls(connection, serviceCertificateNames(region), (socket) => api.emit('connection', socket))
  }
}

/** One label for the service, below the region or, for those without regions, below all; and S3's buckets. */
function serviceCertificateNames(region: string): readonly string[] {
  const suffix = dnsSuffixOf(region)
  return [`*.${region}.${suffix}`, `*.${suffix}`, `*.s3.${region}.${suffix}`, `*.${region}.vpce.${suffix}`]
}
