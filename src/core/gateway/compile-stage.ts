import type { Reason } from '../aws/reason.ts'
import { type CompiledPolicy, compilePolicy } from '../policy/compile-policy.ts'
import { type CompiledIntegration, compileIntegration } from './compile-integration.ts'
import type { ApiStage, MethodSetting, MethodSnapshot, RestApiSnapshot } from './deployment.ts'
import { type CompiledGatewayResponses, compileGatewayResponses } from './gateway-responses.ts'
import { invokeArnPrefix } from './invoke-arn.ts'
import { type CompiledTemplate, compileAccessLogFormat } from './mapping-template.ts'
import { permissionReasons } from './policy-reasons.ts'
import { type CompiledValidation, compileValidation } from './request-validation.ts'
import { addRoute, emptyRoutes, type RouteNode } from './route-trie.ts'

/** A stage as requests meet it: whatever can be parsed or chosen beforehand has been. */
export interface CompiledStage {
  readonly stage: ApiStage
  readonly snapshot: RestApiSnapshot
  /** `arn:aws:execute-api:{region}:{account}:{api}/{stage}/` */
  readonly arnPrefix: string
  readonly policy?: CompiledPolicy
  /** Why a request passed the resource policy, by the statement's place. */
  readonly permissions: readonly Reason[]
  readonly routes: RouteNode<CompiledMethod>
  readonly gatewayResponses: CompiledGatewayResponses
  readonly accessLog?: { readonly group: string; readonly format: CompiledTemplate }
  /** As events show them: `null` where there are none. */
  readonly stageVariables: Readonly<Record<string, string>> | null
  /** Why a request came here; the same for each that does. */
  readonly because: Reason
}

export interface CompiledMethod {
  readonly method: MethodSnapshot
  readonly integration: CompiledIntegration
  readonly validation?: CompiledValidation
  readonly log: { readonly level: 'OFF' | 'ERROR' | 'INFO'; readonly data: boolean }
  /** Why the route was taken; the same for each request that takes it. */
  readonly because: Reason
}

export function compileStage(stage: ApiStage): CompiledStage {
  const { snapshot, stageName } = stage
  const arnPrefix = invokeArnPrefix(snapshot, stageName)
  const policy = snapshot.policy && compilePolicy(snapshot.policy.document, snapshot.policy)
  const routes = emptyRoutes<CompiledMethod>()
  for (const method of snapshot.methods) addRoute(routes, method.path, method.httpMethod, compileMethod(method, stage, arnPrefix))
  const accessLog = stage.accessLog && compileAccessLog(stage.accessLog)
  return {
    stage,
    snapshot,
    arnPrefix,
    ...(policy && { policy }),
    permissions: policy ? permissionReasons(policy, 'check-resource-policy/allowed', 'resource policy') : [],
    routes,
    gatewayResponses: compileGatewayResponses(snapshot.gatewayResponses),
    ...(accessLog && { accessLog }),
    stageVariables: Object.keys(stage.variables).length > 0 ? stage.variables : null,
    because: { code: 'locate-stage/found', text: `stage \`${stageName}\` answers with deployment \`${stage.deploymentId}\`` },
  }
}

function compileMethod(method: MethodSnapshot, stage: ApiStage, arnPrefix: string): CompiledMethod {
  const { loggingLevel, dataTraceEnabled } = settingOf(method, stage.methodSettings)
  const validation = compileValidation(method, stage.snapshot)
  return {
    method,
    ...(validation && { validation }),
    integration: compileIntegration(method, stage, arnPrefix),
    log: { level: loggingLevel ?? 'OFF', data: dataTraceEnabled ?? false },
    because: {
      code: 'find-route/found',
      text: `\`${method.httpMethod} ${method.path}\` matches`,
      ...(method.source && { evidence: [{ what: 'method', source: method.source }] }),
    },
  }
}

/** The method's own setting replaces that of `*` as a whole. Paths in keys are written `~1entities/GET` or `/entities/GET`. */
function settingOf({ path, httpMethod }: MethodSnapshot, settings: ApiStage['methodSettings']): MethodSetting {
  const escaped = path.replaceAll('/', '~1')
  const keys = [`${path}/${httpMethod}`, `${escaped}/${httpMethod}`, `${path.slice(1)}/${httpMethod}`, '*/*', '*']
  for (const key of keys) {
    const setting = settings[key]
    if (setting) return setting
  }
  return {}
}

/** Only a log group can be written to; the control plane refuses other destinations. */
function compileAccessLog({ destinationArn, format }: NonNullable<ApiStage['accessLog']>): CompiledStage['accessLog'] {
  const group = /:log-group:([^:]+)/.exec(destinationArn)?.[1]
  return group === undefined ? undefined : { group, format: compileAccessLogFormat(format) }
}
