import { generatedName } from '#kit/generated-name.ts'
import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/lambda-permission.ts'
import { readFunctionName } from '../names.ts'
import { addPermission, removePermission } from '../permissions.ts'
import { policies } from '../records.ts'

export default resource(schema, {
  honours: [
    'Action',
    'EventSourceToken',
    'FunctionName',
    'FunctionUrlAuthType',
    'Principal',
    'PrincipalOrgID',
    'SourceAccount',
    'SourceArn',
  ],

  create({ properties, caller, logicalId, stack }, ports) {
    const { name, qualifier } = readFunctionName(properties.FunctionName)
    const sid = generatedName({ stackName: stack.name, logicalId, limit: 100 }, ports.ids)
    addPermission(caller, name, qualifier, { ...properties, StatementId: sid }, ports)
    return { ref: sid, attributes: { Id: sid } }
  },

  /** A function that is gone took its permissions along. */
  delete({ properties, caller, ref }, ports) {
    const { name, qualifier } = readFunctionName(properties.FunctionName)
    const policy = ports.records.get(policies, caller, qualifier === undefined ? name : `${name}:${qualifier}`)
    if (policy?.statements.some(({ Sid }) => Sid === ref)) removePermission(caller, name, qualifier, ref, ports)
  },
})
