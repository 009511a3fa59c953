import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/apigateway-account.ts'
import { setCloudwatchRole } from '../account.ts'

export default resource(schema, {
  honours: ['CloudWatchRoleArn'],

  create({ properties, logicalId, stack, caller }, ports) {
    setCloudwatchRole(properties.CloudWatchRoleArn, caller, ports)
    const id = `${stack.name}-${logicalId}-${ports.ids.alphanumeric(12).toUpperCase()}`
    return { ref: id, attributes: { Id: id } }
  },

  update({ properties, caller }, { ref }, ports) {
    setCloudwatchRole(properties.CloudWatchRoleArn, caller, ports)
    return { ref, attributes: { Id: ref } }
  },

  /** The account outlives the stack, and so does its setting: other stacks of the region log with it. unverified. */
  delete() {},
})
