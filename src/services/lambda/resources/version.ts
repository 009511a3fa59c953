import { AwsError } from '#core/aws/aws-error.ts'
import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/lambda-version.ts'
import { deleteFunction, getFunction, publishVersion } from '../functions.ts'
import { functionArn, readFunctionName } from '../names.ts'
import { versionKey, versions } from '../records.ts'

export default resource(schema, {
  honours: ['CodeSha256', 'Description', 'FunctionName'],

  create({ properties: { FunctionName, Description, CodeSha256 }, caller }, ports) {
    const { name } = readFunctionName(FunctionName)
    const { nextVersion } = getFunction(caller, name, ports)
    const { version } = publishVersion(caller, name, { description: Description, codeSha256: CodeSha256 }, ports)
    // unverified: from memory. A template must not own a version that was there before it.
    if (Number(version) < nextVersion)
      throw new AwsError(
        'AlreadyExistsException',
        `A version for this Lambda function exists ( ${version} ). Modify the function to create a new version.`,
      )
    const arn = functionArn(caller, name, version)
    return { ref: arn, attributes: { FunctionArn: arn, Version: version } }
  },

  delete({ ref, caller }, ports) {
    const { name, qualifier = '' } = readFunctionName(ref)
    if (ports.records.get(versions, caller, versionKey(name, qualifier))) deleteFunction(caller, name, qualifier, ports)
  },
})
