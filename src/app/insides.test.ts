import { afterEach, describe, expect, it } from 'vitest'
import type { Network, Vantage } from '#core/net/network.ts'
import { address, ENDPOINT, having, network } from '#core/net/testing/two-vpcs.ts'
import { namespaceAvailability } from '#io/netns/availability.ts'
import { greet, run, tryAll } from '#io/netns/testing/in-namespace.ts'
import { type Insides, openInsides, type Place } from './insides.ts'

const vantage: Vantage = {
  kind: 'subnet',
  subnetId: 'subnet-clients',
  address: address('10.0.2.40'),
  groupIds: ['sg-client'],
  public: false,
}
const place: Place = { region: 'eu-central-1', vantage }
const endpoint = { address: address(ENDPOINT), port: 443, protocol: 'tcp' } as const
const resolver = { address: address('10.0.0.2'), port: 53, protocol: 'tcp' } as const

let now: Network | undefined
let insides: Insides
const served: Place[] = []
const faults: unknown[] = []
const openWith = (networkOf: (region: string) => Network) => {
  insides = openInsides({
    networkOf,
    serve(connection, from) {
      served.push(from)
      if (now === undefined) throw new Error('a defect')
      greet(connection)
    },
    onFault: (fault) => faults.push(fault),
  })
}
afterEach(() => insides.stop())

const availability = namespaceAvailability()
const title = availability.available ? '' : ` (not on this machine: ${availability.because})`
describe.skipIf(!availability.available)(`a place in the network${title}`, () => {
  it('sees the network as it is now', async () => {
    now = network
    openWith(() => now ?? network)
    const namespace = await insides.open(place)
    expect(await tryAll(namespace, resolver, [endpoint])).toEqual(['open'])
    now = having('securityGroups', 'sg-endpoint', { rules: [] })
    await insides.refresh()
    expect(await tryAll(namespace, resolver, [endpoint])).toEqual(['timeout'])
    expect(served).toContain(place)
  })

  it('sees what changed while it was made', async () => {
    now = network
    const networks = [having('securityGroups', 'sg-endpoint', { rules: [] })]
    openWith(() => networks.shift() ?? network)
    expect(await tryAll(await insides.open(place), resolver, [endpoint])).toEqual(['open'])
  })

  it('has lost touch where its subnet is deleted', async () => {
    now = network
    openWith(() => now ?? network)
    const namespace = await insides.open(place)
    now = { ...network, subnets: new Map() }
    await insides.refresh()
    const script = `require('net').connect({ host: '${ENDPOINT}', port: 443, timeout: 1000 }).on('timeout', () => process.exit(28)).on('error', () => process.exit(7))`
    expect((await run(namespace, [process.execPath, '-e', script])).code).toBe(28)
  })

  it('ends a connection that a defect meets, and serves the next', async () => {
    now = undefined
    openWith(() => network)
    const namespace = await insides.open(place)
    const script = `require('net').connect({ host: '${ENDPOINT}', port: 443 }).on('close', () => process.exit(9)).on('error', () => {}).resume()`
    expect((await run(namespace, [process.execPath, '-e', script])).code).toBe(9)
    expect(faults).toHaveLength(1)
    now = network
    expect(await tryAll(namespace, resolver, [endpoint])).toEqual(['open'])
  })

  it('is no longer told of changes once it is closed', async () => {
    now = network
    openWith(() => now ?? network)
    const namespace = await insides.open(place)
    await namespace.close()
    now = having('securityGroups', 'sg-endpoint', { rules: [] })
    await insides.refresh()
  })
})
