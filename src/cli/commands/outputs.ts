import { type Client, type ConnectionOptions, connect } from '../client.ts'
import { CommandFailed, EXIT } from '../exit.ts'
import { print, printJson, table } from '../terminal.ts'

export interface Output {
  readonly OutputKey: string
  readonly OutputValue: string
  readonly ExportName?: string
}

export async function outputs(
  stack: string,
  key: string | undefined,
  options: ConnectionOptions & { json?: boolean },
): Promise<number> {
  const found = await outputsOf(connect(options), stack)
  const byKey = Object.fromEntries(found.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]))
  if (key !== undefined) {
    const value = byKey[key]
    if (value === undefined)
      throw new CommandFailed(`stack \`${stack}\` has no output \`${key}\``, {
        mend: `it has: ${Object.keys(byKey).join(', ') || 'none'}`,
      })
    if (options.json) printJson(value)
    else print(value)
  } else if (options.json) printJson(byKey)
  else if (found.length > 0) print(outputTable(found))
  return EXIT.ok
}

export async function outputsOf(client: Client, stack: string): Promise<readonly Output[]> {
  const { Stacks } = await client.call<{ Stacks: { Outputs?: Output[] }[] }>('cloudformation', 'DescribeStacks', {
    StackName: stack,
  })
  return Stacks[0]?.Outputs ?? []
}

export function outputTable(found: readonly Output[]): string {
  return table([
    ['OUTPUT', 'VALUE', 'EXPORT'],
    ...found.map(({ OutputKey, OutputValue, ExportName }) => [OutputKey, OutputValue, ExportName ?? '']),
  ])
}
