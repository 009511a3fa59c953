import { positionOfMember } from '../../template/position.ts'
import type { ConnectorProfile } from '../data/connector-profiles.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { End } from './end.ts'

/** Refuses permissions that are not to be had between the two ends, or not without one another. */
export function checkPermissions(
  { id, properties }: SamResource,
  wanted: ReadonlySet<string>,
  { access, combinations }: ConnectorProfile,
  source: End,
  destination: End,
): void {
  const refuse = (text: string) => invalidResource(id, text, positionOfMember(properties, 'Permissions'))
  const valid = Object.keys(access)
  if (wanted.size === 0) throw refuse(`'Permissions' cannot be empty; valid values are: ${valid.join(', ')}.`)
  const unsupported = `Unsupported 'Permissions' provided for connector from ${source.type} to ${destination.type};`
  for (const permission of wanted) {
    if (!valid.includes(permission)) throw refuse(`${unsupported} valid values are: ${valid.join(', ')}.`)
  }
  const together = (permissions: Iterable<string>) => [...permissions].sort().join(' + ')
  const allowed = combinations?.map(together)
  if (allowed && !allowed.includes(together(wanted))) {
    throw refuse(`${unsupported} valid combinations are: ${allowed.join(', ')}.`)
  }
}
