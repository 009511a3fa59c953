import type { Scope } from '#core/aws/scope.ts'
import { type Ec2, type Kind, listAll, remove } from './kinds.ts'
import type { Ec2Resource } from './records.ts'

interface Ending extends Ec2Resource {
  /** Milliseconds since 1970; absent while it has not ended. */
  readonly endedAt?: number
}

/** What has ended is shown for a while longer. */
export function isShown({ endedAt }: Ending, shownFor: number, { clock }: Pick<Ec2, 'clock'>): boolean {
  return endedAt === undefined || clock.now() - endedAt < shownFor
}

/** Clears away what is no longer shown. */
export function forgetEnded<T extends Ending>(kind: Kind<T>, scope: Scope, shownFor: number, ports: Ec2): void {
  for (const one of listAll(kind, scope, ports)) if (!isShown(one, shownFor, ports)) remove(kind, scope, one.id, ports)
}
