import { type ResourceRequest, resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/apigateway-request-validator.ts'
import { unlessGone } from '../gone.ts'
import {
  createRequestValidator,
  deleteRequestValidator,
  saveRequestValidator,
  type WantedValidator,
} from '../request-validators.ts'

export default resource(schema, {
  honours: ['Name', 'RestApiId', 'ValidateRequestBody', 'ValidateRequestParameters'],

  create({ properties, caller }, ports) {
    const { id } = createRequestValidator(properties.RestApiId, validatorFrom(properties), caller, ports)
    return { ref: id, attributes: { RequestValidatorId: id } }
  },

  update({ properties, caller }, { ref }, ports) {
    saveRequestValidator(properties.RestApiId, ref, { id: ref, ...validatorFrom(properties) }, caller, ports)
    return { ref, attributes: { RequestValidatorId: ref } }
  },

  delete({ properties, ref, caller }, ports) {
    unlessGone(() => deleteRequestValidator(properties.RestApiId, ref, caller, ports))
  },
})

function validatorFrom(p: ResourceRequest<Properties>['properties']): WantedValidator {
  return {
    name: p.Name,
    validateRequestBody: p.ValidateRequestBody ?? false,
    validateRequestParameters: p.ValidateRequestParameters ?? false,
  }
}
