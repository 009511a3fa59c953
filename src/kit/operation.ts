import type { Partition } from '#core/aws/scope.ts'
import type { Ports } from './ports.ts'

/** An operation of a service's model. The type parameters are its input and output; they exist for the compiler only. */
export interface OperationModel<Input, Output> {
  /** The service's name in models and manifests, such as `apigateway`. */
  readonly service: string
  /** AWS's name of the operation, such as `GetStage`. */
  readonly name: string
  readonly input?: Input
  readonly output?: Output
}

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

export interface Operation<Input, Output> {
  readonly model: OperationModel<Input, Output>
  /** What the caller must be allowed to do; enforced with `--enforce-iam`. */
  readonly authorize?: (input: Input, caller: Caller) => Permission | readonly Permission[]
  readonly run: (input: Input, caller: Caller, ports: Ports) => Output | Promise<Output>
}

export interface Permission {
  readonly action: string
  readonly resource: string
}

/** What any operation looks like to code that does not know which it is. */
export type AnyOperation = Operation<never, unknown>

/**
 * Declares an AWS API operation. Input and output are typed from the service model; required members, enums, lengths and patterns
 * have been checked before `run`. Throw `AwsError` to refuse.
 */
export function operation<Input, Output>(
  model: OperationModel<Input, Output>,
  behaviour: Omit<Operation<Input, Output>, 'model'>,
): Operation<Input, Output> {
  return { model, ...behaviour }
}
