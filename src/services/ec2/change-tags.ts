import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { ensureDhcpOptions } from './dhcp-options.ts'
import { type Ec2, find, KINDS, save } from './kinds.ts'
import { ensureDefaultAcls } from './network-acls.ts'
import type { Tag } from './tags.ts'

/** Changes the tags of resources of any kind: all of them are there, or none is changed. */
export function changeTags(
  scope: Scope,
  ids: readonly string[],
  change: (tags: readonly Tag[]) => readonly Tag[],
  ports: Pick<Ec2, 'records'>,
): void {
  ensureDefaultAcls(scope, ports)
  ensureDhcpOptions(scope, ports)
  const found = ids.map((id) => {
    const kind = KINDS.find(({ prefix }) => id.startsWith(`${prefix}-`))
    if (!kind) throw new AwsError('InvalidID', `The ID '${id}' is not valid`)
    return { kind, resource: find(kind, scope, id, ports) }
  })
  for (const { kind, resource } of found) save(kind, scope, { ...resource, tags: change(resource.tags) }, ports)
}
