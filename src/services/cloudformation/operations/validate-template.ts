import { checkTemplate } from '#core/template/check.ts'
import { parseTemplate } from '#core/template/parse.ts'
import { summarize } from '#core/template/summary.ts'
import { operation } from '#kit/operation.ts'
import { ValidateTemplate } from '#services/models/cloudformation.ts'
import { onStack } from '../permissions.ts'
import { templateOf } from '../template-source.ts'

export default operation(ValidateTemplate, {
  authorize: (_input, caller) => onStack('ValidateTemplate')({}, caller),

  async run(input, caller, ports) {
    const { body, file } = await templateOf(input, caller, ports)
    const template = parseTemplate(body, file === undefined ? {} : { file })
    checkTemplate(template)
    const { Parameters, Description, Capabilities, CapabilitiesReason, DeclaredTransforms } = summarize(template)
    return {
      Parameters: Parameters.map(({ ParameterKey, DefaultValue, NoEcho, Description }) => ({
        ParameterKey,
        DefaultValue,
        NoEcho,
        Description,
      })),
      Description,
      Capabilities,
      CapabilitiesReason,
      DeclaredTransforms,
    }
  },
})
