import { createHash } from 'node:crypto'

/**
 * The id of the list of addresses that a gateway endpoint's route leads to. unverified: AWS's own ids per region and service are
 * published nowhere as a list; the same service always gets the same.
 */
export function prefixListIdOf(serviceName: string): string {
  return `pl-${createHash('sha256').update(serviceName).digest('hex').slice(0, 8)}`
}
