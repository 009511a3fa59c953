import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { GetParameters } from '#services/models/ssm.ts'
import { parameterArn } from '../parameters.ts'
import { selected } from '../selected.ts'

export default operation(GetParameters, {
  authorize: ({ Names }, caller) => Names.map((name) => ({ action: 'ssm:GetParameters', resource: parameterArn(caller, name) })),

  run({ Names }, caller, ports) {
    const answers = [...new Set(Names)].map((name) => ({ name, parameter: find(() => selected(caller, name, ports)) }))
    return {
      Parameters: answers.flatMap(({ parameter }) => (parameter ? [parameter] : [])),
      InvalidParameters: answers.flatMap(({ name, parameter }) => (parameter ? [] : [name])),
    }
  },
})

/** Nothing where there is no such parameter or version. */
function find<T>(get: () => T): T | undefined {
  try {
    return get()
  } catch (error) {
    if (error instanceof AwsError) return undefined
    throw error
  }
}
