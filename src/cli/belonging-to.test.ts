import { describe, expect, it } from 'vitest'
import type { Listing } from '#app/listing.ts'
import { belongingTo } from './belonging-to.ts'

const [HERE, THERE] = ['111122223333', '444455556666']
const places = [
  { account: HERE, region: 'eu-central-1' },
  { account: HERE, region: 'us-east-1' },
  { account: THERE, region: 'us-east-1' },
]
const nameOf = ({ account, region }: { account: string; region: string }) => `${account} ${region}`
const listing: Listing = {
  stacks: places.map((place) => ({ ...place, name: nameOf(place), id: 's', status: 'CREATE_COMPLETE', stubs: 0 })),
  apis: places.map((place) => ({
    ...place,
    id: 'a',
    name: 'n',
    type: 'PRIVATE',
    stages: [],
    urls: [],
    vpcEndpointIds: [],
    undeployed: [],
    ways: [],
  })),
  endpoints: places.map((place) => ({ ...place, id: 'e', vpcId: 'v', service: 's', dnsNames: [] })),
  functions: places.map((place) => ({ ...place, name: 'f', arn: 'f', runtime: 'nodejs22.x' })),
}

describe('what belongs to an account and a region', () => {
  it.each([
    [{}, places],
    [{ account: HERE }, places.slice(0, 2)],
    [{ region: 'us-east-1' }, places.slice(1)],
    [{ account: HERE, region: 'us-east-1' }, [places[1]]],
    [{ account: THERE, region: 'eu-central-1' }, []],
  ])('%j', (wanted, expected) => {
    const names = expected.map((place) => place && nameOf(place))
    for (const kind of Object.values(belongingTo(wanted, listing))) expect(kind.map(nameOf)).toEqual(names)
  })
})
