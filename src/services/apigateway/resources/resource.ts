import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/apigateway-resource.ts'
import { unlessGone } from '../gone.ts'
import { createResource, deleteResource } from '../resources.ts'

export default resource(schema, {
  honours: ['ParentId', 'PathPart', 'RestApiId'],

  create({ properties: { RestApiId, ParentId, PathPart }, caller }, ports) {
    const { id = '' } = createResource(RestApiId, { parentId: ParentId, pathPart: PathPart }, caller, ports)
    return { ref: id, attributes: { ResourceId: id } }
  },

  delete({ properties, ref, caller }, ports) {
    unlessGone(() => deleteResource(properties.RestApiId, ref, caller, ports))
  },
})
