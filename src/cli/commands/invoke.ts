import { readFileSync } from 'node:fs'
import type { Listing } from '#app/listing.ts'
import { type Client, type ConnectionOptions, connect } from '../client.ts'
import { CommandFailed, EXIT } from '../exit.ts'
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
  const answer = await client.call<InvokeAnswer>('lambda', 'Invoke', {
    FunctionName: await functionNamed(client, name),
    Payload: { $bytes: Buffer.from(payloadText(options.payload)).toString('base64') } satisfies Bytes,
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

function payloadText(given: string): string {
  if (given === '-') return readFileSync(0, 'utf8')
  return given.startsWith('@') ? readFileSync(given.slice(1), 'utf8') : given
}

/** The name itself, or the one function of this account and region whose name ends in it: generated names are long. */
async function functionNamed(client: Client, name: string): Promise<string> {
  if (name.startsWith('arn:')) return name
  const { functions } = await client.get<Listing>('list')
  const here = functions.filter(({ account, region }) => account === client.account && region === client.region)
  if (here.some((one) => one.name === name)) return name
  const ending = here.filter((one) => one.name.endsWith(name))
  if (ending.length === 1) return ending[0]?.name ?? name
  throw new CommandFailed(ending.length === 0 ? `there is no function \`${name}\`` : `\`${name}\` is the end of several names`, {
    mend: `functions here: ${here.map((one) => one.name).join(', ') || 'none'}`,
  })
}
