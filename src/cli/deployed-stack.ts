import { parseTemplate } from '#core/template/parse.ts'
import type { ValueMap } from '#core/template/value.ts'
import type { Client } from './client.ts'

/** A stack as it stands. */
export interface DeployedStack {
  /** After its transforms. */
  readonly template: ValueMap
  readonly parameters: Readonly<Record<string, string>>
}

/** @throws Refused where there is no such stack */
export async function deployedStack(client: Client, name: string): Promise<DeployedStack> {
  const { TemplateBody: text } = await client.call<{ TemplateBody: string }>('cloudformation', 'GetTemplate', {
    StackName: name,
    TemplateStage: 'Processed',
  })
  const { Stacks: stacks } = await client.call<{
    Stacks: readonly { Parameters?: readonly { ParameterKey: string; ParameterValue: string }[] }[]
  }>('cloudformation', 'DescribeStacks', { StackName: name })
  const given = stacks[0]?.Parameters ?? []
  return {
    template: parseTemplate(text),
    parameters: Object.fromEntries(given.map(({ ParameterKey: key, ParameterValue: value }) => [key, value])),
  }
}
