import { generatedName } from '#kit/generated-name.ts'
import { type ResourceRequest, resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/logs-log-group.ts'
import { createGroup, deleteGroup, findGroup, getGroup, groupArn, putGroup } from '../groups.ts'

export default resource(schema, {
  honours: ['KmsKeyId', 'LogGroupName', 'RetentionInDays', 'Tags'],

  create(request, ports) {
    const { properties, logicalId, stack, caller } = request
    const name = properties.LogGroupName ?? generatedName({ stackName: stack.name, logicalId, limit: 512 }, ports.ids)
    createGroup(caller, name, settings(request), ports)
    return { ref: name, attributes: { Arn: `${groupArn(caller, name)}:*` } }
  },

  update(request, { ref, attributes }, ports) {
    const { createdAt } = getGroup(request.caller, ref, ports)
    putGroup(request.caller, { name: ref, createdAt, ...settings(request) }, ports)
    return { ref, attributes }
  },

  delete({ caller, ref }, ports) {
    if (findGroup(caller, ref, ports)) deleteGroup(caller, ref, ports)
  },
})

function settings({ properties: { RetentionInDays, KmsKeyId, Tags = [] }, stack }: ResourceRequest<Properties>) {
  return {
    tags: { ...stack.tags, ...Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])) },
    ...(RetentionInDays !== undefined && { retentionInDays: RetentionInDays }),
    ...(KmsKeyId !== undefined && { kmsKeyId: KmsKeyId }),
  }
}
