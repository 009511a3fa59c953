import { type ResourceRequest, resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/ssm-parameter.ts'
import { changeParameter, createParameter, deleteParameter, parameterArn, setTags } from '../parameters.ts'

export default resource(schema, {
  honours: ['AllowedPattern', 'DataType', 'Description', 'Name', 'Tags', 'Tier', 'Type', 'Value'],

  create(request, ports) {
    const { properties, logicalId, caller } = request
    const name = properties.Name ?? `CFN-${logicalId}-${ports.ids.alphanumeric(12)}`
    createParameter(caller, { ...settingsOf(request, name), tags: tagsOf(request) }, ports)
    return state(request, name)
  },

  update(request, { ref }, ports) {
    changeParameter(request.caller, settingsOf(request, ref), ports)
    setTags(request.caller, ref, tagsOf(request), ports)
    return state(request, ref)
  },

  delete({ caller, ref }, ports) {
    deleteParameter(caller, ref, ports)
  },
})

type Request = ResourceRequest<Properties>

function state({ caller, properties: { Type, Value } }: Request, name: string) {
  return { ref: name, attributes: { Arn: parameterArn(caller, name), Type, Value } }
}

function settingsOf({ properties }: Request, name: string) {
  const { Type, Value, Description, AllowedPattern, DataType, Tier } = properties
  return {
    name,
    value: Value,
    type: Type,
    ...(Description !== undefined && { description: Description }),
    ...(AllowedPattern !== undefined && { allowedPattern: AllowedPattern }),
    ...(DataType !== undefined && { dataType: DataType }),
    ...(Tier !== undefined && { tier: Tier === 'Advanced' ? Tier : ('Standard' as const) }),
  }
}

function tagsOf({ properties, stack }: Request): Readonly<Record<string, string>> {
  return { ...stack.tags, ...properties.Tags }
}
