import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { Invoke } from '#services/models/lambda.ts'
import { getRevision } from '../functions.ts'
import { invokeLater } from '../invoke-later.ts'
import { functionArn, readFunctionName, scopeOfName } from '../names.ts'

export default operation(Invoke, {
  authorize({ FunctionName, Qualifier }, caller) {
    const { name, qualifier } = readFunctionName(FunctionName, Qualifier)
    return { action: 'lambda:InvokeFunction', resource: functionArn(scopeOfName(FunctionName, caller), name, qualifier) }
  },

  async run({ FunctionName, Qualifier, InvocationType, LogType, Payload, ClientContext }, caller, ports) {
    const scope = scopeOfName(FunctionName, caller)
    const { name, qualifier } = readFunctionName(FunctionName, Qualifier)
    const payload = checkedJson(Payload)
    const { revision } = getRevision(scope, name, qualifier, ports)
    if (InvocationType === 'DryRun') return { StatusCode: 204 }
    const call = {
      functionArn: functionArn(scope, name, qualifier),
      payload,
      as: 'account' as const,
      ...(LogType === 'Tail' && { tail: true }),
      ...(ClientContext !== undefined && { clientContext: Buffer.from(ClientContext, 'base64').toString() }),
    }
    if (InvocationType === 'Event') {
      invokeLater(call, ports)
      return { StatusCode: 202, ExecutedVersion: revision.version }
    }
    const answer = await ports.functions.invoke(call)
    if (answer.kind === 'refused') {
      const { code, message, status, fields = {} } = answer.error
      throw new AwsError(code, message, { status, fields: { ...fields } })
    }
    return {
      StatusCode: 200,
      Payload: answer.payload,
      ExecutedVersion: answer.executedVersion,
      ...(answer.functionError !== undefined && { FunctionError: answer.functionError }),
      ...(answer.logTail !== undefined && { LogResult: Buffer.from(answer.logTail).toString('base64') }),
    }
  },
})

/** An event is JSON; none at all is `{}`. */
function checkedJson(payload: Uint8Array | undefined): Uint8Array {
  if (!payload || payload.length === 0) return Buffer.from('{}')
  try {
    JSON.parse(Buffer.from(payload).toString())
    return payload
  } catch (error) {
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: Could not parse payload into json: ${(error as Error).message}`,
      { status: 400, fields: { Type: 'User' } },
    )
  }
}
