import { resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/apigateway-base-path-mapping.ts'
import { createMapping, deleteMapping, replaceMapping } from '../domains/base-path-mappings.ts'
import { domainKey } from '../domains/domain-names.ts'
import { unlessGone } from '../gone.ts'
import { badRequest } from '../refusals.ts'

export default resource(schema, {
  honours: ['BasePath', 'DomainName', 'RestApiId', 'Stage'],

  create({ properties, caller }, ports) {
    createMapping(keyOf(properties), { ...mappingFrom(properties), basePath: properties.BasePath }, caller, ports)
    return { ref: refOf(properties), attributes: {} }
  },

  update({ properties, caller }, { ref }, ports) {
    const { BasePath = '' } = properties
    replaceMapping(keyOf(properties), BasePath, { ...mappingFrom(properties), basePath: BasePath }, caller, ports)
    return { ref, attributes: {} }
  },

  delete({ properties, caller }, ports) {
    unlessGone(() => deleteMapping(keyOf(properties), properties.BasePath ?? '', caller, ports))
  },
})

const keyOf = ({ DomainName }: Properties) => domainKey(DomainName, undefined)

/** The registry identifies a mapping by both. unverified: what `Ref` shows where there is no base path. */
const refOf = ({ DomainName, BasePath = '' }: Properties) => `${DomainName}|${BasePath}`

function mappingFrom({ RestApiId, Stage }: Properties) {
  // CloudFormation's schema does not require it, and API Gateway does.
  if (RestApiId === undefined) throw badRequest('Invalid REST API identifier specified')
  return { restApiId: RestApiId, stage: Stage }
}
