import type { Caller } from './caller.ts'
import type { Ports } from './ports.ts'

export type { Caller } from './caller.ts'

/** An operation of a service's model. The type parameters are its input and output; they exist for the compiler only. */
export interface OperationModel<Input, Output> {
  /** The service's name in models and manifests, such as `apigateway`. */
  readonly service: string
  /** AWS's name of the operation, such as `GetStage`. */
  readonly name: string
  readonly input?: Input
  readonly output?: Output
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
