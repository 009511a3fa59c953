import type { Scope } from '#core/aws/scope.ts'
import type { GivenParameter } from '#core/template/parameters.ts'
import type { Caller } from '#kit/operation.ts'
import type { Ports } from '#kit/ports.ts'
import { type Plan, type Revision, type Stack, type StoredTemplate, templates } from '#kit/stacks.ts'
import type { Parameter, RollbackConfiguration, Tag } from '#services/models/cloudformation.ts'
import { refused } from './stacks.ts'

/** What the calls that make or change a stack have in common. */
export interface RevisionInput {
  readonly Parameters?: readonly Parameter[] | undefined
  readonly Capabilities?: readonly string[] | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly NotificationARNs?: readonly string[] | undefined
  readonly RoleARN?: string | undefined
  readonly RollbackConfiguration?: RollbackConfiguration | undefined
  readonly TimeoutInMinutes?: number | undefined
}

/** Works out what the stack would be, and what getting there takes; answers the template as it is to be kept. Tags, topics and role stay as they were where the call is silent. */
export async function planRevision(
  input: RevisionInput,
  template: StoredTemplate,
  stack: Stack,
  caller: Caller,
  ports: Ports,
  expansionNeedsConsent: boolean,
): Promise<{ plan: Plan; template: StoredTemplate; revision: Omit<Revision, 'template'> }> {
  checkRollbackTriggers(input.RollbackConfiguration)
  const tags = input.Tags ? tagsOf(input.Tags) : (stack.revision?.tags ?? {})
  const notificationArns = input.NotificationARNs ?? stack.revision?.notificationArns ?? []
  const capabilities = input.Capabilities ?? []
  const plan = await ports.stacks.plan(scopeOf(caller), {
    stackId: stack.id,
    stackName: stack.name,
    caller,
    template,
    parameters: (input.Parameters ?? []).map(givenParameter),
    tags,
    capabilities,
    notificationArns,
    expansionNeedsConsent,
  })
  return {
    plan,
    template: { ...template, snippets: plan.snippets },
    revision: {
      parameters: plan.parameters.texts,
      shownParameters: plan.parameters.shown,
      resolvedParameters: plan.parameters.resolved,
      description: plan.description,
      tags,
      capabilities,
      notificationArns,
      roleArn: input.RoleARN ?? stack.revision?.roleArn,
      timeoutInMinutes: input.TimeoutInMinutes,
      takesStubs: plan.takesStubs,
      failedTransform: plan.kind === 'refused' && plan.inTransform ? plan.error.message : undefined,
    },
  }
}

/** Keeps the template, under a key of its own, for as long as the revision may be carried out or gone back to. */
export function storeRevision(
  ports: Pick<Ports, 'records' | 'ids'>,
  scope: Scope,
  template: StoredTemplate,
  revision: Omit<Revision, 'template'>,
): Revision {
  const key = ports.ids.uuid()
  ports.records.put(templates, scope, key, template)
  return { ...revision, template: key }
}

export const scopeOf = ({ account, region }: Scope): Scope => ({ account, region })

function givenParameter({ ParameterKey: key, ParameterValue: value, UsePreviousValue: usePrevious }: Parameter): GivenParameter {
  if (key === undefined) throw refused('Parameter keys must not be empty')
  return { key, ...(value !== undefined && { value }), ...(usePrevious !== undefined && { usePrevious }) }
}

function tagsOf(tags: readonly Tag[]): Record<string, string> {
  const keys = tags.map(({ Key }) => Key)
  const twice = keys.find((key, index) => keys.indexOf(key) !== index)
  // unverified: AWS's own words.
  if (twice !== undefined) throw refused(`Duplicate tag keys found: [${twice}]`)
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))
}

const ALARMS = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']

function checkRollbackTriggers(configuration: RollbackConfiguration | undefined): void {
  for (const { Arn, Type } of configuration?.RollbackTriggers ?? []) {
    if (!ALARMS.includes(Type)) throw refused('Rollback Trigger Type not supported')
    if (!/^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:/.test(Arn))
      throw refused("RelativeId of a Rollback Trigger's ARN is incorrect")
    throw refused(`postern has no alarms to watch, so it cannot honour the rollback trigger \`${Arn}\``)
  }
}
