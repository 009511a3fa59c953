import type { CustomDomain } from '#core/gateway/custom-domain.ts'

/** The custom domain names that are served, found by what a `Host` header says. */
export interface Domains {
  /** Puts the domain name in place of what it was before. */
  put(domain: CustomDomain): void
  remove(arn: string): void
  /**
   * The domain name that the host name is, or falls under. A name that several regions serve is that of the region that had it first:
   * which one AWS would answer with is decided by DNS. Names that end in `.localhost` are Postern's own, as for the names of APIs.
   */
  find(hostname: string): CustomDomain | undefined
}

export function keepDomains(): Domains {
  const byName = new Map<string, Map<string, CustomDomain>>()
  const exactly = (name: string) => byName.get(name)?.values().next().value
  const named = (hostname: string) => exactly(hostname) ?? exactly(`*${hostname.slice(hostname.indexOf('.'))}`)
  return {
    put(domain) {
      const regions = byName.get(domain.name) ?? new Map<string, CustomDomain>()
      byName.set(domain.name, regions.set(domain.arn, domain))
    },
    remove(arn) {
      for (const [name, regions] of byName) {
        regions.delete(arn)
        if (regions.size === 0) byName.delete(name)
      }
    },
    find(hostname) {
      if (byName.size === 0 || !hostname.includes('.')) return undefined
      return named(hostname.endsWith('.localhost') ? hostname.slice(0, -'.localhost'.length) : hostname)
    },
  }
}
