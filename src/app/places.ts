import type { IncomingMessage, ServerResponse } from 'node:http'
import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { NamedNetwork } from '#core/net/resolve.ts'
import type { HeldPlace } from '#io/console/hold-place.ts'
import type { Listeners } from '#io/listener/listeners.ts'
import { NoNamespaces } from '#io/netns/availability.ts'
import type { Authority } from '#io/tls/authority.ts'
import type { Records } from '#kit/records.ts'
import { remembered } from '#kit/remembered.ts'
import { readNetwork } from '#services/ec2/read-network.ts'
import { openInsides } from './insides.ts'
import { readAllZones } from './names.ts'
import { servePlace } from './serve-place.ts'
import { standAt, type Wanted } from './stand.ts'

/** The places in the network that somebody runs commands in. */
export interface Places {
  /** `wanted` is a `Wanted`, with the folder that commands run in; it comes from outside, so nothing of it is believed. */
  open(wanted: unknown, scope: Scope): Promise<HeldPlace>
  stop(): Promise<void>
}

export interface PlacesOptions {
  readonly records: Records
  readonly listeners: Listeners
  readonly authority: Authority
  readonly answerApi: (request: IncomingMessage, response: ServerResponse) => void
  readonly onFault: (error: unknown) => void
}

/** How soon a command sees that its network has changed: records tell nobody of changes, but what is made of them tells its own. */
const LOOK_EVERY_MS = 100

export function openPlaces({ records, listeners, authority, answerApi, onFault }: PlacesOptions): Places {
  const networkOf = namedNetworks(records)
  const insides = openInsides({ networkOf, serve: servePlace({ networkOf, listeners, authority, answerApi, onFault }), onFault })
  const taken = new Set<number>()
  const watch = whenChanged(networkOf, () => insides.refresh().catch(onFault), onFault)
  return {
    async open(asked, scope) {
      const { wanted, folder } = readWanted(asked)
      const vantage = standAt(records, scope, wanted, taken)
      const own = vantage.kind === 'internet' ? undefined : vantage.address
      if (own !== undefined) taken.add(own)
      const leave = () => own !== undefined && taken.delete(own)
      try {
        const [namespace, { path }] = await Promise.all([
          insides.open({ region: scope.region, vantage }),
          authority.certificate(),
        ])
        watch.add(scope.region)
        namespace.ended.then(leave)
        return { shown: { enter: namespace.enter([], folder), authority: path }, ended: namespace.ended, close: namespace.close }
      } catch (error) {
        leave()
        if (!(error instanceof NoNamespaces)) throw error
        throw new AwsError('NoNamespaces', error.message, { fields: { mend: error.mend }, cause: error })
      }
    },
    async stop() {
      watch.stop()
      await insides.stop()
    },
  }
}

/** A region's network with its names, made anew only after something in it has changed. */
function namedNetworks(records: Records): (region: string) => NamedNetwork {
  const networks = new Map<string, () => NamedNetwork>()
  return (region) => {
    const known =
      networks.get(region) ??
      remembered(records, (seen): NamedNetwork => ({ ...readNetwork({ records: seen }, region), zones: readAllZones(seen) }))
    networks.set(region, known)
    return known()
  }
}

/** Looks at the regions that were added, from the first on. */
function whenChanged(networkOf: (region: string) => NamedNetwork, changed: () => void, onFault: (error: unknown) => void) {
  const seen = new Map<string, NamedNetwork>()
  let timer: NodeJS.Timeout | undefined
  const look = () => {
    const now = [...seen.keys()].map((region) => [region, networkOf(region)] as const)
    if (now.every(([region, network]) => seen.get(region) === network)) return
    for (const [region, network] of now) seen.set(region, network)
    changed()
  }
  return {
    add(region: string) {
      if (!seen.has(region)) seen.set(region, networkOf(region))
      timer ??= setInterval(() => {
        try {
          look()
        } catch (error) {
          onFault(error)
        }
      }, LOOK_EVERY_MS).unref()
    },
    stop: () => clearInterval(timer),
  }
}

function readWanted(asked: unknown): { wanted: Wanted; folder: string } {
  const { internet, vpc, subnet, securityGroups, folder } = asked as Readonly<Record<string, unknown>>
  if (typeof folder !== 'string') throw new AwsError('InvalidPlace', 'a `folder` is missing')
  if (internet === true) return { wanted: { internet }, folder }
  const groups = securityGroups ?? []
  if (
    typeof vpc !== 'string' ||
    (subnet !== undefined && typeof subnet !== 'string') ||
    !Array.isArray(groups) ||
    !groups.every((group) => typeof group === 'string')
  ) {
    throw new AwsError('InvalidPlace', 'a place is `internet`, or `vpc` with `subnet` and `securityGroups`, each a name')
  }
  return { wanted: { vpc, ...(subnet !== undefined && { subnet }), securityGroups: groups }, folder }
}
