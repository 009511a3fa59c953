import { readFileSync } from 'node:fs'
import { type ConnectionOptions, connect } from '../client.ts'
import { CommandFailed, EXIT } from '../exit.ts'
import { functionNamed } from '../function-named.ts'
import { print, printJson, say } from '../terminal.ts'

interface Bytes {
  readonly $bytes: string
}

interface InvokeAnswer {
  readonly StatusCode: number
  readonly FunctionError?: string
  readonly LogResult?: string
  readonly ExecutedVersion?: string
  readonly Payload?: Bytes
}

export async function invoke(
  name: string,
  options: ConnectionOptions & { payload: string; qualifier?: string; log?: boolean; json?: boolean },
): Promise<number> {
  const client = connect(options)
  const event = Buffer.from(payloadText(options.payload))
  const answer = await client.call<InvokeAnswer>('lambda', 'Invoke', {
    FunctionName: name.startsWith('arn:') ? name : await functionNamed(client, name, noneOf(name)),
    Payload: { $bytes: event.toString('base64') } satisfies Bytes,
    ...(options.qualifier && { Qualifier: options.qualifier }),
    ...(options.log && { LogType: 'Tail' }),
  })
  const payload = Buffer.from(answer.Payload?.$bytes ?? '', 'base64').toString('utf8')
  const log = Buffer.from(answer.LogResult ?? '', 'base64').toString('utf8')
  if (options.json)
    printJson({
      statusCode: answer.StatusCode,
      functionError: answer.FunctionError,
      executedVersion: answer.ExecutedVersion,
      payload,
      ...(options.log && { log }),
    })
  else {
    if (log) say(log.trimEnd())
    print(payload)
  }
  return answer.FunctionError ? EXIT.no : EXIT.ok
}

function noneOf(name: string): (here: readonly string[]) => never {
  return (here) => {
    throw new CommandFailed(`there is no function \`${name}\``, { mend: `functions here: ${here.join(', ') || 'none'}` })
  }
}

function payloadText(given: string): string {
  if (given === '-') return readFileSync(0, 'utf8')
  if (!given.startsWith('@')) return given
  try {
    return readFileSync(given.slice(1), 'utf8')
  } catch (error) {
    throw new CommandFailed(`cannot read the payload: ${error instanceof Error ? error.message : error}`, {
      exitCode: EXIT.usage,
      cause: error,
    })
  }
}
