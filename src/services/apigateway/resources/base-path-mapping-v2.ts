import { type ResourceState, resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/apigateway-base-path-mapping-v2.ts'
import { createMapping, deleteMapping, replaceMapping } from '../domains/base-path-mappings.ts'
import { NONE } from '../domains/domain-names.ts'
import { unlessGone } from '../gone.ts'
import { keyIn } from './domain-name-v2.ts'

/** A base path mapping of a private custom domain name. */
export default resource(schema, {
  honours: ['BasePath', 'DomainNameArn', 'RestApiId', 'Stage'],

  create({ properties, caller }, ports) {
    createMapping(keyIn(properties.DomainNameArn), mappingFrom(properties), caller, ports)
    return stateOf(properties)
  },

  update({ properties, caller }, _existing, ports) {
    const mapping = mappingFrom(properties)
    replaceMapping(keyIn(properties.DomainNameArn), mapping.basePath, mapping, caller, ports)
    return stateOf(properties)
  },

  delete({ properties, caller }, ports) {
    unlessGone(() => deleteMapping(keyIn(properties.DomainNameArn), mappingFrom(properties).basePath, caller, ports))
  },
})

const mappingFrom = ({ BasePath, RestApiId, Stage }: Properties) => ({
  basePath: BasePath || NONE,
  restApiId: RestApiId,
  stage: Stage,
})

/** unverified: how the ARN ends. */
function stateOf(properties: Properties): ResourceState {
  const arn = `${properties.DomainNameArn}/basepathmappings/${mappingFrom(properties).basePath}`
  return { ref: arn, attributes: { BasePathMappingArn: arn } }
}
