import type { FunctionAnswer, FunctionCall, Ports } from '#kit/ports.ts'
import { readFunctionName, scopeOfName } from './names.ts'

/** Lambda tries a failed event again after one minute, then after two more. */
const RETRIES_AFTER_MS = [60_000, 120_000]

/**
 * Calls a function for which nobody waits (`InvocationType: Event`), and again where it fails. Events are held in memory: one that is
 * still to be retried when Postern stops is lost. Dead-letter targets and destinations are not served yet.
 */
export function invokeLater(call: FunctionCall, ports: Pick<Ports, 'functions' | 'clock' | 'logs'>): void {
  const attempt = async (tried: number): Promise<void> => {
    const wait = RETRIES_AFTER_MS[tried]
    try {
      if (failed(await ports.functions.invoke(call)) && wait !== undefined) ports.clock.after(wait, () => void attempt(tried + 1))
    } catch (error) {
      // Nobody waits for an answer, so the function's log is where it can be found.
      const { name } = readFunctionName(call.functionArn)
      const message = `Postern could not run the function: ${error instanceof Error ? error.message : error}\n`
      const scope = scopeOfName(call.functionArn, { account: '', region: '' })
      ports.logs.append(scope, `/aws/lambda/${name}`, 'postern', [{ timestamp: ports.clock.now(), message }])
    }
  }
  void attempt(0)
}

/** Only what may go better next time: a function that is gone stays gone. */
function failed(answer: FunctionAnswer): boolean {
  return answer.kind === 'answered' ? answer.functionError !== undefined : answer.error.status === 429
}
