import type { Scope } from '#core/aws/scope.ts'
import { operation } from '#kit/operation.ts'
import type { Ports } from '#kit/ports.ts'
import type { Revision, Stack } from '#kit/stacks.ts'
import { GetTemplate, type GetTemplateInput } from '#services/models/cloudformation.ts'
import { getChangeSet } from '../change-sets.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { getStack, refused, withIdMissing } from '../stacks.ts'
import { processedTemplate, storedTemplate } from '../template-source.ts'

export default operation(GetTemplate, {
  authorize: onStack('GetTemplate'),

  run(input, caller, ports) {
    const scope = scopeOf(caller)
    const { stack, revision } = wanted(input, scope, ports)
    const TemplateBody =
      input.TemplateStage === 'Processed'
        ? processedTemplate(ports, scope, stack, revision)
        : storedTemplate(ports, scope, revision.template).body
    return { TemplateBody, StagesAvailable: ['Original', 'Processed'] as const }
  },
})

function wanted(
  { StackName, ChangeSetName }: GetTemplateInput,
  scope: Scope,
  ports: Ports,
): { readonly stack: Stack; readonly revision: Revision } {
  if (ChangeSetName !== undefined) {
    if (!ChangeSetName.startsWith('arn:') && StackName === undefined) throw refused('StackName is a required parameter.')
    const { stackId, revision } = getChangeSet(ports, scope, ChangeSetName, StackName)
    return { stack: getStack(ports, scope, stackId), revision }
  }
  if (StackName === undefined) throw refused('StackName is required if ChangeSetName is not specified.')
  const stack = getStack(ports, scope, StackName, withIdMissing)
  const { revision, status } = stack
  // unverified: AWS's own words.
  if (!revision) throw refused(`GetTemplate cannot be called on ${status} stacks.`)
  return { stack, revision }
}
