import { type ConnectionOptions, connect } from '../client.ts'
import { EXIT } from '../exit.ts'
import { followStack } from '../follow-stack.ts'
import { green, print, printJson, red } from '../terminal.ts'

export async function deleteStack(stack: string, options: ConnectionOptions & { json?: boolean }): Promise<number> {
  const client = connect(options)
  const { Stacks } = await client.call<{ Stacks: { StackId: string; StackName: string }[] }>('cloudformation', 'DescribeStacks', {
    StackName: stack,
  })
  const { StackId, StackName } = Stacks[0] as { StackId: string; StackName: string }
  const seen = await client.get<{ EventId: string }[]>(`events/${encodeURIComponent(StackId)}`)
  await client.call('cloudformation', 'DeleteStack', { StackName: StackId })
  const { status, reason } = await followStack(client, StackId, { after: seen.at(-1)?.EventId, quiet: options.json === true })
  const deleted = status === 'DELETE_COMPLETE'
  if (options.json) printJson({ stack: StackName, id: StackId, status, ...(reason && { reason }) })
  else print(deleted ? green(`deleted ${StackName}`) : red(`${StackName} is ${status}${reason ? `: ${reason}` : ''}`))
  return deleted ? EXIT.ok : EXIT.no
}
