import type { Value, ValueMap } from '../../template/value.ts'
import { getAtt, ref } from '../intrinsics.ts'
import { orNothing } from '../python.ts'
import type { SamResource } from '../sam-resource.ts'

/** What the events of a function call: the function, or its alias where it publishes one. */
export interface InvocationTarget {
  readonly id: string
  /** As permissions and event source mappings name it. */
  readonly name: ValueMap
  readonly arn: ValueMap
  readonly inherited: ValueMap
  readonly condition: Value | undefined
}

export function functionTarget({ id, inherited }: SamResource): InvocationTarget {
  return { id, name: ref(id), arn: getAtt(id, 'Arn'), inherited, condition: orNothing(inherited['Condition']) }
}

export function aliasTarget(id: string, { inherited }: SamResource): InvocationTarget {
  return { id, name: ref(id), arn: ref(id), inherited, condition: orNothing(inherited['Condition']) }
}
