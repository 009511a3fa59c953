import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import type { PatchOperation, RequestValidator } from '#services/models/apigateway.ts'
import { changeDefinition, findDefinition, getDefinition } from './definition.ts'
import { own } from './own.ts'
import { type PatchRules, patched, without } from './patch.ts'
import { notFound } from './refusals.ts'

const invalidValidator = () => notFound('Invalid Request Validator identifier specified')

export interface WantedValidator {
  readonly name?: string | undefined
  readonly validateRequestBody?: boolean | undefined
  readonly validateRequestParameters?: boolean | undefined
}

export function createRequestValidator(
  apiId: string,
  wanted: WantedValidator,
  scope: Scope,
  ports: Pick<Ports, 'records' | 'ids'>,
) {
  const id = ports.ids.alphanumeric(6)
  const validator: RequestValidator = {
    id,
    name: wanted.name,
    validateRequestBody: wanted.validateRequestBody ?? false,
    validateRequestParameters: wanted.validateRequestParameters ?? false,
  }
  changeDefinition(apiId, scope, ports, (definition) => ({
    ...definition,
    requestValidators: { ...definition.requestValidators, [id]: validator },
  }))
  return { ...validator, id }
}

export function getRequestValidator(apiId: string, id: string, scope: Scope, ports: Pick<Ports, 'records'>): RequestValidator {
  const validator = own(findDefinition(apiId, scope, ports)?.requestValidators, id)
  if (!validator) throw invalidValidator()
  return validator
}

export function listRequestValidators(apiId: string, scope: Scope, ports: Pick<Ports, 'records'>): RequestValidator[] {
  return Object.values(getDefinition(apiId, scope, ports).requestValidators)
}

export function updateRequestValidator(
  apiId: string,
  id: string,
  operations: readonly PatchOperation[] | undefined,
  scope: Scope,
  ports: Pick<Ports, 'records'>,
): RequestValidator {
  const validator = patched(getRequestValidator(apiId, id, scope, ports), operations, VALIDATOR_PATCHES)
  saveRequestValidator(apiId, id, validator, scope, ports)
  return validator
}

export function saveRequestValidator(
  apiId: string,
  id: string,
  validator: RequestValidator,
  scope: Scope,
  ports: Pick<Ports, 'records'>,
): void {
  changeDefinition(apiId, scope, ports, (definition) => ({
    ...definition,
    requestValidators: { ...definition.requestValidators, [id]: validator },
  }))
}

export function deleteRequestValidator(apiId: string, id: string, scope: Scope, ports: Pick<Ports, 'records'>): void {
  getRequestValidator(apiId, id, scope, ports)
  changeDefinition(apiId, scope, ports, (definition) => ({
    ...definition,
    requestValidators: without(definition.requestValidators, id) ?? {},
  }))
}

const VALIDATOR_PATCHES: PatchRules<RequestValidator> = {
  replace: {
    '/name': (validator, name) => ({ ...validator, name }),
    '/validateRequestBody': (validator, value) => ({ ...validator, validateRequestBody: value === 'true' }),
    '/validateRequestParameters': (validator, value) => ({ ...validator, validateRequestParameters: value === 'true' }),
  },
}
