import { type CompiledDomain, compileDomain, leadsTo } from '#core/gateway/compile-domain.ts'
import type { CustomDomain } from '#core/gateway/custom-domain.ts'
import type { Entrance } from '#core/gateway/entrance.ts'

/** The custom domain names that are served, found by what a `Host` header says. */
export interface Domains {
  /** Puts the domain name in place of what it was before. Throws where its policy is none. */
  put(domain: CustomDomain): void
  remove(arn: string): void
  /**
   * The domain name that the host name is, or falls under: the one that this way in leads to, where several accounts have it, or else a
   * private one, so that a refusal can tell of it. A public name that several regions serve is that of the region that had it first: which
   * one AWS would answer with is decided by DNS. Names that end in `.localhost` are Postern's own, as for the names of APIs.
   */
  find(hostname: string, entrance?: Entrance): CompiledDomain | undefined
}

export function keepDomains(): Domains {
  const byName = new Map<string, Map<string, CompiledDomain>>()
  const among = (name: string, entrance: Entrance | undefined) => {
    let other: CompiledDomain | undefined
    for (const one of byName.get(name)?.values() ?? []) {
      if (leadsTo(one.domain, entrance)) return one
      if (one.domain.access) other ??= one
    }
    return other
  }
  return {
    put(domain) {
      const sameName = byName.get(domain.name) ?? new Map<string, CompiledDomain>()
      byName.set(domain.name, sameName.set(domain.arn, compileDomain(domain)))
    },
    remove(arn) {
      for (const [name, sameName] of byName) {
        sameName.delete(arn)
        if (sameName.size === 0) byName.delete(name)
      }
    },
    find(hostname, entrance) {
      if (byName.size === 0 || !hostname.includes('.')) return undefined
      const name = hostname.endsWith('.localhost') ? hostname.slice(0, -'.localhost'.length) : hostname
      return among(name, entrance) ?? among(`*${name.slice(name.indexOf('.'))}`, entrance)
    },
  }
}
