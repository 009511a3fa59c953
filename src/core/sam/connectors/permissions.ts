import { positionOfMember } from '../../template/position.ts'
import { isMap } from '../../template/value.ts'
import type { ConnectorProfile } from '../data/connector-profiles.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { End } from './end.ts'

/** The permissions that a connector asks for, once its profile is known to have them, together. */
export function wantedPermissions(
  { id, properties }: SamResource,
  { access, combinations }: ConnectorProfile,
  source: End,
  destination: End,
): ReadonlySet<string> {
  const { Permissions: written } = properties
  // A map with one member passes for an intrinsic function, and then counts as the list of its keys.
  const wanted = new Set(isMap(written) ? Object.keys(written) : (written as string[]))
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
  return wanted
}
