import { operation } from '#kit/operation.ts'
import { UpdateFunctionCode } from '#services/models/lambda.ts'
import { getFunction, publishVersion, updateCode } from '../functions.ts'
import { refuseBeyondLimits } from '../limits.ts'
import { demandRevision, functionArn, readFunctionName } from '../names.ts'
import { measurePackage } from '../packages.ts'
import { shownActive, shownUpdating } from '../shown.ts'

export default operation(UpdateFunctionCode, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:UpdateFunctionCode',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  async run(input, caller, ports) {
    const { name } = readFunctionName(input.FunctionName)
    refuseBeyondLimits({ Code: input })
    if (input.DryRun) {
      const { latest, ...record } = getFunction(caller, name, ports)
      demandRevision(input.RevisionId, latest)
      const code = { ...latest.code, ...(await measurePackage(caller, input, ports)) }
      return shownActive(caller, record, { ...latest, code })
    }
    const record = await updateCode(caller, name, { ...input, revisionId: input.RevisionId }, ports)
    return shownUpdating(caller, record, input.Publish ? publishVersion(caller, name, {}, ports) : record.latest)
  },
})
