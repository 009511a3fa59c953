import { checkMappingTemplate } from '#core/gateway/mapping-template.ts'
import { compileParameterSource } from '#core/gateway/parameter-mapping.ts'
import { formatPosition, type Position } from '#core/template/position.ts'
import type { Method, RequestValidator } from '#services/models/apigateway.ts'
import type { Definition } from './definition.ts'
import { own } from './own.ts'
import { unserved } from './refusals.ts'

/**
 * What the data plane cannot do for this method; nothing where it can do all. Templates that ask for it are refused. A method made by a
 * call is kept, and the data plane denies its requests with the reason.
 */
export function unservedBy(method: Method, validators: Readonly<Record<string, RequestValidator>>): string | undefined {
  const { authorizationType, methodIntegration: { type, requestTemplates, integrationResponses } = {} } = method
  if (authorizationType === 'CUSTOM') return 'Lambda authorizers are not supported'
  if (authorizationType === 'COGNITO_USER_POOLS') return 'Cognito user pool authorizers are not supported'
  if (type === 'AWS' || type === 'HTTP' || type === 'HTTP_PROXY') return `integrations of type \`${type}\` are not supported`
  const unvalidated = validation(method, validators)
  if (unvalidated) return unvalidated
  if (type !== 'MOCK') return undefined
  const responses = Object.values(integrationResponses ?? {})
  return (
    unservedTemplate([requestTemplates, ...responses.map(({ responseTemplates }) => responseTemplates)]) ??
    unservedMapping(responses.flatMap(({ responseParameters }) => Object.values(responseParameters ?? {})))
  )
}

/** Refuses a method that a template asks for and the data plane cannot serve. */
export function refuseUnserved(method: Method, { requestValidators }: Definition, path: string, position?: Position): void {
  const what = unservedBy(method, requestValidators)
  if (what) throw unserved(`\`${path}\`${position ? ` (${formatPosition(position)})` : ''}: ${what}`, position)
}

/** The same for every method of an imported definition that came from a template. */
export function refuseUnservedMethods(definition: Definition): void {
  for (const { methods, sources = {} } of Object.values(definition.resources)) {
    for (const [httpMethod, method] of Object.entries(methods)) {
      const source = sources[httpMethod]
      refuseUnserved(method, definition, source?.path ?? httpMethod, source)
    }
  }
  for (const [type, { responseTemplates }] of Object.entries(definition.gatewayResponses))
    refuseUnservedTexts(responseTemplates, `x-amazon-apigateway-gateway-responses.${type}`)
}

/** Refuses templates of gateway responses that the data plane cannot render. */
export function refuseUnservedTexts(written: Readonly<Record<string, string>> | undefined, path: string): void {
  const what = unservedTemplate([written])
  if (what) throw unserved(`\`${path}\`: ${what}`)
}

/** A request that should have been refused must not reach a function: such a method is not deployed at all, whoever made it. */
export function wrongWithoutValidation({ resources, requestValidators }: Definition): void {
  for (const resource of Object.values(resources)) {
    for (const method of Object.values(resource.methods)) {
      const what = validation(method, requestValidators)
      if (what) throw unserved(what)
    }
  }
}

function validation(method: Method, validators: Readonly<Record<string, RequestValidator>>): string | undefined {
  const validator = own(validators, method.requestValidatorId)
  const models = Object.values(method.requestModels ?? {}).filter((model) => model !== 'Empty')
  if (validator?.validateRequestBody && models.length > 0) return 'validating request bodies against models is not supported'
  const required = Object.entries(method.requestParameters ?? {}).filter(([place, needed]) => needed && !place.includes('.path.'))
  // A path parameter is always there when its route matches.
  if (validator?.validateRequestParameters && required.length > 0) return 'validating request parameters is not supported'
  return undefined
}

function unservedTemplate(maps: readonly (Readonly<Record<string, string | null>> | undefined)[]): string | undefined {
  for (const text of maps.flatMap((map) => Object.values(map ?? {}))) {
    const problem = checkMappingTemplate(text ?? '')
    if (problem) return problem
  }
  return undefined
}

function unservedMapping(expressions: readonly string[]): string | undefined {
  const wrong = expressions.find((expression) => !compileParameterSource(expression))
  return wrong === undefined ? undefined : `the parameter mapping \`${wrong}\` is not supported`
}
