import type { Client } from './client.ts'
import { table } from './terminal.ts'

/** An output of a stack as CloudFormation describes it. */
export interface Output {
  readonly OutputKey: string
  readonly OutputValue: string
  readonly ExportName?: string
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
