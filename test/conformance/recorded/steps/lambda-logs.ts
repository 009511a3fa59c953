import type { Outcome } from '../judge.ts'
import { jsonIn } from '../path.ts'
import { type Session, until } from '../session.ts'

interface Wanted {
  readonly functionName: string
  readonly expected?: number
  readonly regex?: string | null
  readonly expectedLines?: readonly string[]
}

const OF_THE_SERVICE = /^(INIT_START|START|END|REPORT) /

/** The JSON lines that a function has logged. */
export async function lambdaEventsStep(wanted: Wanted, session: Session): Promise<Outcome> {
  const { expected = 0, regex } = wanted
  const ask = async () => {
    const lines = (await messagesOf(wanted.functionName, session)).filter((line) => !regex || new RegExp(regex).test(line))
    return lines.map(jsonIn).filter((event) => typeof event === 'object')
  }
  const events = await until(async () => {
    const found = await ask()
    return found.length >= expected ? found : undefined
  })
  return { result: { events: events ?? (await ask()) } }
}

/** The lines that a function has logged, each of those that are expected among them. */
export async function lambdaLogsStep(wanted: Wanted, session: Session): Promise<Outcome> {
  const missing = (messages: readonly string[]) =>
    (wanted.expectedLines ?? []).filter((line) => {
      const isThere = line.includes('.*') ? (text: string) => new RegExp(line).test(text) : (text: string) => text.includes(line)
      return !messages.some(isThere)
    })
  const found = await until(async () => {
    const messages = await messagesOf(wanted.functionName, session)
    return missing(messages).length === 0 ? messages : undefined
  })
  const messages = found ?? (await messagesOf(wanted.functionName, session))
  if (found) return { result: { messages } }
  return { result: { messages }, error: { code: 'MissingLines', message: missing(messages).join('; ') } }
}

async function messagesOf(functionName: string, { call }: Session): Promise<readonly string[]> {
  const { result, error } = await call('logs.FilterLogEvents', { logGroupName: `/aws/lambda/${functionName}` })
  if (error) return []
  const { events = [] } = result as { events?: { message: string }[] }
  return events.map(({ message }) => message.trimEnd()).filter((message) => !OF_THE_SERVICE.test(message))
}
