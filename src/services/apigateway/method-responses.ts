import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import type { Method, MethodResponse, PatchOperation } from '#services/models/apigateway.ts'
import { changeMethod, getMethod, type MethodPlace } from './methods.ts'
import { own } from './own.ts'
import { type PatchRules, patched, refusePathShortly, without } from './patch.ts'
import { conflict, notFound } from './refusals.ts'

type Reach = Pick<Ports, 'records'>

export const invalidStatusCode = () => notFound('Invalid Response status code specified')

export function putMethodResponse(place: MethodPlace, response: MethodResponse, scope: Scope, ports: Reach): MethodResponse {
  const { statusCode = '' } = response
  changeMethod(place, scope, ports, (method) => {
    if (own(method.methodResponses, statusCode)) throw conflict('Response already exists for this resource')
    return withResponse(method, response)
  })
  return response
}

export function getMethodResponse(place: MethodPlace, statusCode: string, scope: Scope, ports: Reach): MethodResponse {
  return responseOf(getMethod(place, scope, ports), statusCode)
}

export function updateMethodResponse(
  place: MethodPlace,
  statusCode: string,
  operations: readonly PatchOperation[] | undefined,
  scope: Scope,
  ports: Reach,
): MethodResponse {
  const method = changeMethod(place, scope, ports, (before) =>
    withResponse(before, patched(responseOf(before, statusCode), operations, RESPONSE_PATCHES, refusePathShortly)),
  )
  return responseOf(method, statusCode)
}

export function deleteMethodResponse(place: MethodPlace, statusCode: string, scope: Scope, ports: Reach): void {
  changeMethod(place, scope, ports, (method) => {
    responseOf(method, statusCode)
    return { ...method, methodResponses: without(method.methodResponses, statusCode) }
  })
}

function responseOf({ methodResponses }: Method, statusCode: string): MethodResponse {
  const response = own(methodResponses, statusCode)
  if (!response) throw invalidStatusCode()
  return response
}

const withResponse = (method: Method, response: MethodResponse): Method => ({
  ...method,
  methodResponses: { ...method.methodResponses, [response.statusCode ?? '']: response },
})

const setParameter = (response: MethodResponse, value: string, [name = '']: readonly string[]): MethodResponse => ({
  ...response,
  responseParameters: { ...response.responseParameters, [name]: value === 'true' },
})
const setModel = (response: MethodResponse, value: string, [type = '']: readonly string[]): MethodResponse => ({
  ...response,
  responseModels: { ...response.responseModels, [type]: value },
})

const RESPONSE_PATCHES: PatchRules<MethodResponse> = {
  add: { '/responseParameters/*': setParameter, '/responseModels/*': setModel },
  remove: {
    '/responseParameters/*': (response, _value, [name = '']) => {
      if (own(response.responseParameters, name) === undefined) throw notFound('Invalid parameter name specified')
      return { ...response, responseParameters: without(response.responseParameters, name) }
    },
    '/responseModels/*': (response, _value, [type = '']) => {
      if (own(response.responseModels, type) === undefined) throw notFound('Content-Type specified was not found')
      return { ...response, responseModels: without(response.responseModels, type) }
    },
  },
  replace: { '/responseParameters/*': setParameter, '/responseModels/*': setModel },
}
