import { operation } from '#kit/operation.ts'
import { PublishVersion } from '#services/models/lambda.ts'
import { getFunction, publishVersion } from '../functions.ts'
import { demandRevision, functionArn, readFunctionName } from '../names.ts'
import { shownActive } from '../shown.ts'

export default operation(PublishVersion, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:PublishVersion',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run({ FunctionName, Description, CodeSha256, RevisionId }, caller, ports) {
    const record = getFunction(caller, readFunctionName(FunctionName).name, ports)
    demandRevision(RevisionId, record.latest)
    const published = publishVersion(caller, record.name, { description: Description, codeSha256: CodeSha256 }, ports)
    return shownActive(caller, record, published, published.version)
  },
})
