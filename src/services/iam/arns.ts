import type { Caller } from '#kit/operation.ts'

/** A role by its name; the path is not known from that. */
export function roleArn({ partition, account }: Pick<Caller, 'partition' | 'account'>, name: string): string {
  return `arn:${partition}:iam::${account}:role/${name}`
}
