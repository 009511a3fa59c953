import type { Listing } from '#app/listing.ts'
import type { DeployedTemplate } from '#core/check/subjects.ts'
import { parseTemplate } from '#core/template/parse.ts'
import type { Client } from './client.ts'

/** Its parameters have their values as text. */
export interface DeployedStack extends DeployedTemplate {
  readonly parameters: Readonly<Record<string, string>>
}

interface Described {
  readonly Parameters?: readonly { ParameterKey: string; ParameterValue: string }[]
}

interface StackResource {
  readonly LogicalResourceId: string
  readonly PhysicalResourceId?: string
}

/**
 * A stack as it stands.
 *
 * @throws Refused where there is no such stack
 */
export async function deployedStack(client: Client, name: string): Promise<DeployedStack> {
  const ask = <T>(operation: string, more: object = {}) =>
    client.call<T>('cloudformation', operation, { StackName: name, ...more })
  const { TemplateBody: text } = await ask<{ TemplateBody: string }>('GetTemplate', { TemplateStage: 'Processed' })
  const { Stacks: stacks } = await ask<{ Stacks: readonly Described[] }>('DescribeStacks')
  const { StackResources: resources } = await ask<{ StackResources: readonly StackResource[] }>('DescribeStackResources')
  const { apis } = await client.get<Listing>('list')
  return {
    expanded: parseTemplate(text),
    parameters: Object.fromEntries(
      (stacks[0]?.Parameters ?? []).map(({ ParameterKey: key, ParameterValue: value }) => [key, value]),
    ),
    undeployed: new Map(
      resources.flatMap(({ LogicalResourceId: logicalId, PhysicalResourceId: id }) => {
        const api = apis.find((one) => one.id === id && one.account === client.account && one.region === client.region)
        return api && api.undeployed.length > 0 ? [[logicalId, api.undeployed] as const] : []
      }),
    ),
  }
}
