import { basename, dirname, resolve } from 'node:path'
import type { ShownCaveat } from '#app/caveats-of.ts'
import type { ListedApi, Listing } from '#app/listing.ts'
import type { ErrorCause } from '#core/aws/aws-error.ts'
import { STUB_TAG } from '#kit/stub-tag.ts'
import { type Client, type ConnectionOptions, Refused } from './client.ts'
import { CommandFailed, EXIT } from './exit.ts'
import { followStack } from './follow-stack.ts'
import { keyValues } from './key-values.ts'
import { packageCode } from './package-code.ts'
import { type Output, outputsOf } from './stack-outputs.ts'
import { defaultTemplate, readTemplate } from './template-file.ts'
import { dim, say } from './terminal.ts'
import { withPlaces } from './with-places.ts'

export interface DeployOptions extends ConnectionOptions {
  readonly template?: string
  readonly stackName?: string
  readonly parameterOverrides?: readonly string[]
  readonly capabilities?: readonly string[]
  readonly tags?: readonly string[]
  readonly stubUnsupported?: boolean
  readonly json?: boolean
}

/** What came of a deployment. */
export interface Deployed {
  readonly stack: string
  readonly id: string
  readonly status: string
  readonly changed: boolean
  readonly reason?: string
  readonly outputs: readonly Output[]
  readonly apis: readonly ListedApi[]
  /** What runs otherwise than the template says, as sentences. */
  readonly notes: readonly string[]
  /** What the template asks for and Postern does not do. */
  readonly caveats: readonly ShownCaveat[]
}

/** Packages, makes a change set, carries it out, and waits until the stack rests. */
export async function deployTemplate(client: Client, options: DeployOptions): Promise<Deployed> {
  const file = options.template ?? defaultTemplate()
  const stack = options.stackName ?? stackNameFor(file)
  const text = await packageCode(file, readTemplate(file).text, (bytes) => client.keepPackage(bytes))
  const current = await describe(client, stack)
  const fresh = current === undefined || current.status === 'REVIEW_IN_PROGRESS'
  const seen = current ? await client.get<{ EventId: string }[]>(`events/${encodeURIComponent(current.id)}`) : []
  const changeSet = await createChangeSet(client, { file, stack, text, fresh, options })
  const id = changeSet.StackId
  if (changeSet.Status === 'FAILED') {
    if (!/didn't contain changes|No updates are to be performed/.test(changeSet.StatusReason ?? ''))
      throw refusal(
        file,
        changeSet.StatusReason ?? 'no reason given',
        await client.get<ErrorCause[]>(`causes/${encodeURIComponent(changeSet.ChangeSetId)}`),
      )
    await client.call('cloudformation', 'DeleteChangeSet', { ChangeSetName: changeSet.ChangeSetId })
    return { stack, id, status: current?.status ?? 'UNKNOWN', changed: false, ...(await made(client, id)) }
  }
  await client.call('cloudformation', 'ExecuteChangeSet', { ChangeSetName: changeSet.ChangeSetId })
  const { status, reason } = await followStack(client, id, { after: seen.at(-1)?.EventId, quiet: options.json === true })
  return { stack, id, status, changed: true, ...(reason !== undefined && { reason }), ...(await made(client, id)) }
}

interface ChangeSet {
  readonly ChangeSetId: string
  readonly StackId: string
  readonly Status: string
  readonly StatusReason?: string
}

/** What CloudFormation takes in a call, in bytes; a longer template must lie in a bucket. */
const LARGEST_BODY = 51_200

type Template = { readonly TemplateBody: string } | { readonly TemplateURL: string }

async function handedOver(client: Client, text: string): Promise<Template> {
  const bytes = Buffer.from(text)
  if (bytes.length <= LARGEST_BODY) return { TemplateBody: text }
  const { bucket, key } = await client.keepPackage(bytes)
  return { TemplateURL: `https://s3.amazonaws.com/${bucket}/${key}` }
}

async function createChangeSet(
  client: Client,
  { file, stack, text, fresh, options }: { file: string; stack: string; text: string; fresh: boolean; options: DeployOptions },
): Promise<ChangeSet> {
  const overrides = keyValues(options.parameterOverrides ?? [], '--parameter-overrides')
  const template = await handedOver(client, text)
  const input = {
    StackName: stack,
    ChangeSetName: `postern-deploy-${Date.now()}`,
    ChangeSetType: fresh ? 'CREATE' : 'UPDATE',
    ...template,
    Parameters: [
      ...Object.entries(overrides).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
      ...(fresh ? [] : await previousParameters(client, stack, template, overrides)),
    ],
    Capabilities: options.capabilities ?? [],
    Tags: Object.entries({
      ...keyValues(options.tags ?? [], '--tags'),
      ...(options.stubUnsupported && { [STUB_TAG]: 'true' }),
    }).map(([Key, Value]) => ({ Key, Value })),
  }
  try {
    const { Id } = await client.call<{ Id: string }>('cloudformation', 'CreateChangeSet', input, {
      'x-postern-template-file': file,
    })
    return await client.call<ChangeSet>('cloudformation', 'DescribeChangeSet', { ChangeSetName: Id })
  } catch (error) {
    if (error instanceof Refused) throw refusal(file, error.message, [error], error)
    throw error
  }
}

/** As with `aws cloudformation deploy`, a parameter keeps its value unless it is given a new one. */
async function previousParameters(
  client: Client,
  stack: string,
  template: Template,
  overrides: Record<string, string>,
): Promise<object[]> {
  const { Parameters: declared = [] } = await client.call<{ Parameters?: { ParameterKey: string }[] }>(
    'cloudformation',
    'GetTemplateSummary',
    template,
  )
  const { Stacks } = await client.call<{ Stacks: { Parameters?: { ParameterKey: string }[] }[] }>(
    'cloudformation',
    'DescribeStacks',
    { StackName: stack },
  )
  const had = new Set(Stacks[0]?.Parameters?.map(({ ParameterKey }) => ParameterKey))
  return declared
    .filter(({ ParameterKey }) => had.has(ParameterKey) && !(ParameterKey in overrides))
    .map(({ ParameterKey }) => ({ ParameterKey, UsePreviousValue: true }))
}

async function describe(client: Client, stack: string): Promise<{ id: string; status: string } | undefined> {
  try {
    const { Stacks } = await client.call<{ Stacks: { StackId: string; StackStatus: string }[] }>(
      'cloudformation',
      'DescribeStacks',
      { StackName: stack },
    )
    return Stacks[0] && { id: Stacks[0].StackId, status: Stacks[0].StackStatus }
  } catch (error) {
    if (error instanceof Refused && /does not exist/.test(error.message)) return undefined
    throw error
  }
}

async function made(client: Client, id: string): Promise<Pick<Deployed, 'outputs' | 'apis' | 'notes' | 'caveats'>> {
  const { StackResources } = await client.call<{ StackResources: { ResourceType: string; PhysicalResourceId?: string }[] }>(
    'cloudformation',
    'DescribeStackResources',
    {
      StackName: id,
    },
  )
  const idsOf = (type: string) =>
    new Set(StackResources.filter(({ ResourceType }) => ResourceType === type).map((one) => one.PhysicalResourceId))
  const [apiIds, functionNames] = [idsOf('AWS::ApiGateway::RestApi'), idsOf('AWS::Lambda::Function')]
  const { apis, functions } = await client.get<Listing>('list')
  const made = functions.filter(
    ({ name, account, region }) => functionNames.has(name) && account === client.account && region === client.region,
  )
  return {
    outputs: await outputsOf(client, id),
    apis: apis.filter(({ id: api }) => apiIds.has(api)),
    notes: [...new Set(made.flatMap(({ substitution }) => substitution ?? []))],
    caveats: await client.get<ShownCaveat[]>(`caveats/${encodeURIComponent(id)}`),
  }
}

function refusal(file: string, message: string, causes: readonly ErrorCause[], cause?: Refused): CommandFailed {
  const mend = mendOf(message)
  return new CommandFailed(withPlaces(message, causes, file), { ...(mend !== undefined && { mend }), ...(cause && { cause }) })
}

function mendOf(message: string): string | undefined {
  const [, capability] = /Requires capabilities : \[(.+)\]/.exec(message) ?? []
  if (capability !== undefined)
    return `the template makes IAM resources or uses macros; say that you know with \`--capabilities ${capability.replaceAll(',', '')}\``
  const [, stack] =
    /^Stack:\S+:stack\/([^/]+)\/\S+ is in (?:ROLLBACK_COMPLETE|ROLLBACK_FAILED|DELETE_FAILED) state/.exec(message) ?? []
  if (stack !== undefined) return `delete it first: \`postern delete ${stack}\``
  // A refusal of types says so itself.
  if (/^Property validation failure/.test(message) && /not supported by Postern|Postern does not/.test(message))
    return 'with `--stub-unsupported` the stack goes without what Postern does not do, and says so'
  return undefined
}

function stackNameFor(file: string): string {
  const name = basename(dirname(resolve(file)))
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^[^A-Za-z]+|-+$/g, '')
  if (name === '')
    throw new CommandFailed('cannot make a stack name from the folder', {
      exitCode: EXIT.usage,
      mend: 'give one with `--stack-name`',
    })
  say(dim(`stack name: ${name} (from the template's folder; \`--stack-name\` gives another)`))
  return name
}
