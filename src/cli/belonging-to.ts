import type { Listing } from '#app/listing.ts'

interface Wanted {
  readonly account?: string
  readonly region?: string
}

/** What of a listing belongs to the account and the region that are named. Nothing named is everything. */
export function belongingTo({ account, region }: Wanted, { stacks, apis, endpoints, functions }: Listing): Listing {
  const belongs = (one: { account: string; region: string }) =>
    one.account === (account ?? one.account) && one.region === (region ?? one.region)
  return {
    stacks: stacks.filter(belongs),
    apis: apis.filter(belongs),
    endpoints: endpoints.filter(belongs),
    functions: functions.filter(belongs),
  }
}
