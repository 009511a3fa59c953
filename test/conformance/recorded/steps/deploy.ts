import type { Outcome } from '../judge.ts'
import { must, type Session, until } from '../session.ts'

interface Deploy {
  readonly stackName: string
  readonly template: string
  readonly parameters?: Readonly<Record<string, unknown>> | readonly unknown[]
  readonly update?: boolean
}

interface Stack {
  readonly StackStatus: string
  readonly StackStatusReason?: string
  readonly Outputs?: readonly { OutputKey: string; OutputValue: string }[]
}

interface FailedEvent {
  readonly LogicalResourceId: string
  readonly ResourceStatus: string
  readonly ResourceStatusReason?: string
}

/** A change set, made and executed. A stack that goes wrong leaves its events. */
export async function deployStep(deploy: Deploy, session: Session): Promise<Outcome> {
  const { stackName, template, parameters = {}, update = false } = deploy
  const made: { Id: string; StackId: string } = await must(session, 'cloudformation.CreateChangeSet', {
    StackName: stackName,
    ChangeSetName: `change-${Date.now()}`,
    ChangeSetType: update ? 'UPDATE' : 'CREATE',
    TemplateBody: template,
    Parameters: Array.isArray(parameters) ? parameters : listOf(parameters as Readonly<Record<string, unknown>>),
    Capabilities: ['CAPABILITY_AUTO_EXPAND', 'CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
  })
  const set = await until(async () => {
    const seen: { Status: string; StatusReason?: string } = await must(session, 'cloudformation.DescribeChangeSet', {
      ChangeSetName: made.Id,
    })
    return seen.Status.endsWith('COMPLETE') || seen.Status === 'FAILED' ? seen : undefined
  })
  if (set?.Status !== 'CREATE_COMPLETE') return { error: { code: 'ChangeSetFailed', message: set?.StatusReason ?? 'no answer' } }
  await must(session, 'cloudformation.ExecuteChangeSet', { ChangeSetName: made.Id })
  const stack = await until(async () => {
    const { Stacks }: { Stacks: Stack[] } = await must(session, 'cloudformation.DescribeStacks', { StackName: made.StackId })
    return Stacks[0] && /(COMPLETE|FAILED)$/.test(Stacks[0].StackStatus) ? Stacks[0] : undefined
  })
  if (stack?.StackStatus === (update ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE')) return { result: resultOf(made, stack) }
  const { StackEvents }: { StackEvents: FailedEvent[] } = await must(session, 'cloudformation.DescribeStackEvents', {
    StackName: made.StackId,
  })
  return {
    result: { ...resultOf(made, stack), events: StackEvents, stack },
    error: { code: stack?.StackStatus ?? 'no answer', message: stack?.StackStatusReason ?? firstFailure(StackEvents) },
  }
}

function firstFailure(newestFirst: readonly FailedEvent[]): string {
  const first = newestFirst.findLast(({ ResourceStatus }) => ResourceStatus.endsWith('_FAILED'))
  return first ? `${first.LogicalResourceId}: ${first.ResourceStatusReason}` : ''
}

function listOf(parameters: Readonly<Record<string, unknown>>) {
  return Object.entries(parameters).map(([ParameterKey, value]) => ({ ParameterKey, ParameterValue: String(value) }))
}

function resultOf({ Id, StackId }: { Id: string; StackId: string }, stack: Stack | undefined) {
  const outputs = (stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])
  return { stackId: StackId, changeSetId: Id, outputs: Object.fromEntries(outputs) as Record<string, string> }
}
