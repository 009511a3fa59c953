import type { Caller, Permission } from '#kit/operation.ts'

/** What a call on one stack must be allowed to do; `*` where it is about all of them. */
export const onStack =
  (action: string) =>
  ({ StackName: name }: { readonly StackName?: string | undefined }, caller: Caller): Permission => ({
    action: `cloudformation:${action}`,
    resource: resourceOf(name, caller),
  })

function resourceOf(name: string | undefined, { partition, region, account }: Caller): string {
  if (name === undefined) return '*'
  return name.startsWith('arn:') ? name : `arn:${partition}:cloudformation:${region}:${account}:stack/${name}/*`
}
