import { type ResourceRequest, resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/apigateway-model.ts'
import { unlessGone } from '../gone.ts'
import { createModel, deleteModel, updateModel } from '../models.ts'

export default resource(schema, {
  honours: ['ContentType', 'Description', 'Name', 'RestApiId', 'Schema'],

  create({ properties: p, logicalId, stack, caller }, ports) {
    // Names of models take letters and digits alone.
    const generated = `${stack.name}${logicalId}${ports.ids.alphanumeric(12)}`.replace(/[^a-zA-Z0-9]/g, '')
    const model = createModel(
      {
        name: p.Name ?? generated,
        contentType: p.ContentType ?? 'application/json',
        description: p.Description,
        schema: textOf(p),
      },
      p.RestApiId,
      caller,
      ports,
    )
    return { ref: model.name ?? generated, attributes: {} }
  },

  update({ properties: p, caller }, { ref }, ports) {
    const changes = [
      { op: 'replace', path: '/description', value: p.Description ?? '' },
      { op: 'replace', path: '/schema', value: textOf(p) },
    ] as const
    updateModel(p.RestApiId, ref, changes, caller, ports)
    return { ref, attributes: {} }
  },

  delete({ properties, ref, caller }, ports) {
    unlessGone(() => deleteModel(properties.RestApiId, ref, caller, ports))
  },
})

const textOf = ({ Schema = {} }: ResourceRequest<Properties>['properties']) =>
  typeof Schema === 'string' ? Schema : JSON.stringify(Schema)
