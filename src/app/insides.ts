import type { Network, Vantage } from '#core/net/network.ts'
import { standpointOf } from '#core/net/standpoint.ts'
import type { Surface } from '#core/net/surface.ts'
import type { Connection } from '#io/netns/connections.ts'
import { type Namespace, openNamespace } from '#io/netns/namespace.ts'

/** Where somebody stands, in which region's network. */
export interface Place {
  readonly region: string
  readonly vantage: Vantage
}

/** The namespaces that are open: each stands at a place in the network as it is now, whatever changes. */
export interface Insides {
  /** @throws NoNamespaces where this machine does not let us */
  open(place: Place): Promise<Namespace>
  /** Lets all of them see the networks as they are now. */
  refresh(): Promise<void>
  stop(): Promise<void>
}

export interface InsidesOptions {
  /** The network of a region as it is now. */
  readonly networkOf: (region: string) => Network
  /** Answers what somebody at the place connected to. */
  readonly serve: (connection: Connection, place: Place) => void
  /** Hears why a connection could not be served. */
  readonly onFault: (error: unknown) => void
}

export function openInsides({ networkOf, serve, onFault }: InsidesOptions): Insides {
  const open = new Map<Namespace, Place>()
  const refreshed = async (namespace: Namespace, { region, vantage }: Place) => {
    await namespace.change(surfaceFrom(networkOf(region), vantage))
  }
  return {
    async open(place) {
      const { surface, resolvers, search } = standpointOf(networkOf(place.region), place.vantage)
      const namespace = await openNamespace({
        surface,
        resolvers,
        ...(search !== undefined && { search }),
        connected: (connection) => {
          try {
            serve(connection, place)
          } catch (error) {
            onFault(error)
            connection.stream.destroy()
          }
        },
      })
      open.set(namespace, place)
      namespace.ended.then(() => open.delete(namespace))
      // While it was made, the network may have changed.
      await refreshed(namespace, place)
      return namespace
    },
    async refresh() {
      await Promise.all([...open].map(([namespace, place]) => refreshed(namespace, place)))
    },
    async stop() {
      await Promise.all([...open.keys()].map((namespace) => namespace.close()))
    },
  }
}

/** Whoever stands in a subnet that is deleted has lost touch with everything. */
function surfaceFrom(network: Network, vantage: Vantage): Surface {
  const gone =
    (vantage.kind === 'subnet' && !network.subnets.has(vantage.subnetId)) ||
    (vantage.kind === 'on-premises' && !network.vpcs.has(vantage.vpcId))
  return gone ? { own: vantage.address, open: [], areas: [] } : standpointOf(network, vantage).surface
}
