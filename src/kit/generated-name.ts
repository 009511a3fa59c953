import type { Ids } from './ports.ts'

/**
 * The name that CloudFormation gives a resource whose template has none: `{stack}-{logical id}-{random}`, within `limit` characters.
 * Where both do not fit, each keeps at least half of the room. unverified: AWS's own way of shortening.
 */
export function generatedName(
  { stackName, logicalId, limit }: { readonly stackName: string; readonly logicalId: string; readonly limit: number },
  ids: Pick<Ids, 'alphanumeric'>,
): string {
  const random = ids.alphanumeric(RANDOM).toUpperCase()
  const room = limit - RANDOM - 2
  const half = Math.floor(room / 2)
  const stack = stackName.slice(0, Math.max(half, room - logicalId.length))
  return `${stack}-${logicalId.slice(0, room - stack.length)}-${random}`
}

const RANDOM = 12
