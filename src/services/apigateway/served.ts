import type { AwsError } from '#core/aws/aws-error.ts'
import { checkGatewayResponse } from '#core/gateway/gateway-responses.ts'
import { checkMappingTemplate } from '#core/gateway/mapping-template.ts'
import { compileParameterSource } from '#core/gateway/parameter-mapping.ts'
import { formatPosition, type Position } from '#core/template/position.ts'
import type { Method } from '#services/models/apigateway.ts'
import type { Definition, GatewayResponse } from './definition.ts'
import { unserved } from './refusals.ts'

/**
 * What the data plane cannot do for this method; nothing where it can do all. Templates that ask for it are refused. A method made by a
 * call is kept, and the data plane denies its requests with the reason.
 */
function unservedBy(method: Method): string | undefined {
  const { authorizationType, methodIntegration: { type, requestTemplates, integrationResponses } = {} } = method
  if (authorizationType === 'CUSTOM') return 'Lambda authorizers are not supported'
  if (authorizationType === 'COGNITO_USER_POOLS') return 'Cognito user pool authorizers are not supported'
  if (type === 'AWS' || type === 'HTTP' || type === 'HTTP_PROXY') return `integrations of type \`${type}\` are not supported`
  if (type !== 'MOCK') return undefined
  const responses = Object.values(integrationResponses ?? {})
  return (
    unservedTemplate([requestTemplates, ...responses.map(({ responseTemplates }) => responseTemplates)]) ??
    unservedMapping(responses.flatMap(({ responseParameters }) => Object.values(responseParameters ?? {})))
  )
}

type Refuse = (refusal: AwsError) => void

/** Refuses a method that a template asks for and the data plane cannot serve. */
export function refuseUnserved(method: Method, path: string, position: Position | undefined, refuse: Refuse): void {
  const what = unservedBy(method)
  if (what) refuse(unserved(`\`${path}\`${position ? ` (${formatPosition(position)})` : ''}: ${what}`, position))
}

/** The same for every method of an imported definition that came from a template. */
export function refuseUnservedMethods(definition: Definition, refuse: Refuse): void {
  for (const { methods, sources = {} } of Object.values(definition.resources)) {
    for (const [httpMethod, method] of Object.entries(methods)) {
      const source = sources[httpMethod]
      refuseUnserved(method, source?.path ?? httpMethod, source, refuse)
    }
  }
  for (const [type, response] of Object.entries(definition.gatewayResponses))
    refuseUnservedResponse(response, `x-amazon-apigateway-gateway-responses.${type}`, refuse)
}

/** Refuses a gateway response that the data plane cannot render. */
export function refuseUnservedResponse(response: GatewayResponse, path: string, refuse: Refuse): void {
  const [what] = checkGatewayResponse(response)
  if (what) refuse(unserved(`\`${path}\`: ${what}`))
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
