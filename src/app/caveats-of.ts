import type { Scope } from '#core/aws/scope.ts'
import type { Position } from '#core/template/position.ts'
import type { Records } from '#kit/records.ts'
import { resourceKey, stackNames, stackResources, stacks } from '#kit/stacks.ts'

/** Something that a template asks for and Postern does not do: a stub in its place, or a property that has no effect. */
export interface ShownCaveat {
  readonly LogicalResourceId: string
  readonly ResourceType: string
  readonly message: string
  readonly position?: Position
}

/** Every caveat of a stack, by its name or id, in the order of the template; nothing where there is no such stack. */
export function caveatsOf(records: Records, { account, region }: Scope, stack: string): readonly ShownCaveat[] | undefined {
  const scope = { account, region }
  const id = stack.startsWith('arn:') ? stack : records.get(stackNames, scope, stack)
  const found = id === undefined ? undefined : records.get(stacks, scope, id)
  return found?.logicalIds
    .flatMap((logicalId) => {
      const { type = '', current } = records.get(stackResources, scope, resourceKey(found.id, logicalId)) ?? {}
      return (current?.caveats ?? []).map(({ message, position }) => {
        return { LogicalResourceId: logicalId, ResourceType: type, message, ...(position && { position }) }
      })
    })
    .sort((one, other) => lineOf(one) - lineOf(other))
}

/** What has no place comes last. */
const lineOf = ({ position }: ShownCaveat): number => position?.line ?? Number.MAX_SAFE_INTEGER
