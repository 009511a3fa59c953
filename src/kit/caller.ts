import type { Partition } from '#core/aws/scope.ts'

/** Who calls, as the signature says. */
export interface Caller {
  readonly account: string
  readonly region: string
  readonly partition: Partition
  readonly principalArn: string
  /** The request's id, as the answer will show it. */
  readonly requestId: string
  /** The base URL the client used, such as `http://127.0.0.1:4566`: for answers that hold URLs. */
  readonly endpoint: string
  /** Request headers that Postern's own commands add, lower case, such as `x-postern-template-file`. */
  readonly headers: Readonly<Record<string, string>>
}
