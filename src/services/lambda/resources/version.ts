import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/lambda-version.ts'
import { deleteFunction, publishVersion } from '../functions.ts'
import { functionArn, readFunctionName } from '../names.ts'
import { versionKey, versions } from '../records.ts'

export default resource(schema, {
  honours: ['CodeSha256', 'Description', 'FunctionName'],

  create({ properties: { FunctionName, Description, CodeSha256 }, caller }, ports) {
    const { name } = readFunctionName(FunctionName)
    const { version } = publishVersion(caller, name, { description: Description, codeSha256: CodeSha256 }, ports)
    const arn = functionArn(caller, name, version)
    return { ref: arn, attributes: { FunctionArn: arn, Version: version } }
  },

  delete({ ref, caller }, ports) {
    const { name, qualifier = '' } = readFunctionName(ref)
    if (ports.records.get(versions, caller, versionKey(name, qualifier))) deleteFunction(caller, name, qualifier, ports)
  },
})
