import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/cloudformation-wait-condition-handle.ts'

/**
 * On AWS the handle is a presigned URL that a wait condition listens at. There are no wait conditions here: what is left of it, and
 * what SAM uses it for, is a resource that does nothing.
 */
export default resource(schema, {
  honours: [],

  create({ caller, stack, logicalId }, ports) {
    const id = ports.ids.uuid()
    const path = encodeURIComponent(`${stack.id}/${logicalId}/${id}`)
    const ref = `https://cloudformation-waitcondition-${caller.region}.s3.amazonaws.com/${path}`
    return { ref, attributes: { Id: id } }
  },

  update: (_request, { ref, attributes }) => ({ ref, attributes }),

  // Nothing stands behind it.
  delete() {},
})
