import type { Ids } from '#kit/ports.ts'

/** The four domains of Route 53's name servers, each with 512 of them, in the order of their numbers. */
const DOMAINS = ['com', 'net', 'org', 'co.uk']

/** One name server of each domain, as a delegation set has them. */
export function delegation(ids: Pick<Ids, 'bytes'>): readonly string[] {
  return DOMAINS.map((domain, index) => {
    const [high = 0, low = 0] = ids.bytes(2)
    return server(index, (high * 256 + low) % 512, domain)
  })
}

/** Private zones have these for show: nobody asks them. */
export const PRIVATE_NAME_SERVERS: readonly string[] = ['co.uk', 'com', 'org', 'net'].map((domain) =>
  server(DOMAINS.indexOf(domain), 0, domain),
)

/** Servers share the second number with seven others: `ns-340.awsdns-42.com`. */
function server(index: number, number: number, domain: string): string {
  return `ns-${index * 512 + number}.awsdns-${String(Math.floor(number / 8)).padStart(2, '0')}.${domain}`
}
