import { checkTemplate } from '#core/template/check.ts'
import { parseTemplate } from '#core/template/parse.ts'
import { summarize } from '#core/template/summary.ts'
import type { Caller } from '#kit/operation.ts'
import { operation } from '#kit/operation.ts'
import type { Ports } from '#kit/ports.ts'
import type { StoredTemplate } from '#kit/stacks.ts'
import { GetTemplateSummary, type GetTemplateSummaryInput } from '#services/models/cloudformation.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { getStack, refused, withIdMissing } from '../stacks.ts'
import { storedTemplate, templateOf } from '../template-source.ts'

export default operation(GetTemplateSummary, {
  authorize: onStack('GetTemplateSummary'),

  async run(input, caller, ports) {
    const { body, file } = await wanted(input, caller, ports)
    const template = parseTemplate(body, file === undefined ? {} : { file })
    checkTemplate(template)
    return summarize(template)
  },
})

async function wanted(input: GetTemplateSummaryInput, caller: Caller, ports: Ports): Promise<StoredTemplate> {
  if (input.StackName === undefined) return templateOf(input, caller, ports)
  const stack = getStack(ports, scopeOf(caller), input.StackName, withIdMissing)
  if (!stack.revision) throw refused('GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.')
  return storedTemplate(ports, scopeOf(caller), stack.revision.template)
}
