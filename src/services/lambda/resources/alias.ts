import { resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/lambda-alias.ts'
import { createAlias, deleteAlias, updateAlias, type WantedAlias } from '../aliases.ts'
import { functionArn, readFunctionName } from '../names.ts'

export default resource(schema, {
  honours: ['Description', 'FunctionName', 'FunctionVersion', 'Name', 'RoutingConfig'],

  create({ properties, caller }, ports) {
    const { name } = readFunctionName(properties.FunctionName)
    createAlias(caller, name, properties.Name, wantedAlias(properties), ports)
    const arn = functionArn(caller, name, properties.Name)
    return { ref: arn, attributes: { AliasArn: arn } }
  },

  update({ properties, caller }, { ref, attributes }, ports) {
    const { name } = readFunctionName(properties.FunctionName)
    updateAlias(caller, name, properties.Name, wantedAlias(properties), ports)
    return { ref, attributes }
  },

  delete({ ref, caller }, ports) {
    const { name, qualifier = '' } = readFunctionName(ref)
    deleteAlias(caller, name, qualifier, ports)
  },
})

/** All of it: what the template no longer says is taken away. */
function wantedAlias({ FunctionVersion, Description = '', RoutingConfig }: Properties): WantedAlias {
  const weights = (RoutingConfig?.AdditionalVersionWeights ?? []).map((each) => [each.FunctionVersion, each.FunctionWeight])
  return { version: FunctionVersion, description: Description, weights: Object.fromEntries(weights) }
}
