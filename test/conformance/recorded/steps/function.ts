import { handlerZip } from '../handler-zip.ts'
import type { Outcome } from '../judge.ts'
import { must, type Session, until } from '../session.ts'

interface WantedFunction {
  readonly name: string
  readonly code: string
  readonly runtime: string
  readonly handler: string
  readonly timeout?: number
  readonly environment?: Readonly<Record<string, string>>
  readonly role?: string
  /** Further members of CreateFunction, by their own names. */
  readonly [member: string]: unknown
}

/** Creates a function from one of the handlers and waits until it is active. */
export async function functionStep(wanted: WantedFunction, session: Session): Promise<Outcome> {
  const { name, code, runtime, handler, timeout, environment = {}, role, ...rest } = wanted
  const create = await must(session, 'lambda.CreateFunction', {
    FunctionName: name,
    Code: { ZipFile: await handlerZip(session.handlers, code) },
    Runtime: runtime,
    Handler: handler,
    Role: role ?? session.lookup('lambdaRole'),
    ...(timeout && { Timeout: timeout }),
    // The recordings were made with an environment always, if an empty one: their answers show it.
    Environment: { Variables: environment },
    ...rest,
  })
  await until(async () => {
    const { Configuration }: { Configuration: { State: string } } = await must(session, 'lambda.GetFunction', {
      FunctionName: name,
    })
    return Configuration.State === 'Active' ? true : undefined
  })
  return { result: { create } }
}
