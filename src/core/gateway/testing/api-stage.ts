import type { ApiStage, IntegrationSnapshot, MethodSnapshot, RestApiSnapshot } from '../deployment.ts'
import type { Entrance } from '../entrance.ts'

const SCOPE = { account: '210987654321', region: 'eu-central-1' }

/** A private API `abcdef1234` with a stage `dev`, changed as a test likes. Its policy admits everybody. */
export function apiStage(
  given: Partial<Omit<ApiStage, 'snapshot'>> & { readonly snapshot?: Partial<RestApiSnapshot> } = {},
): ApiStage {
  const { snapshot, ...stage } = given
  const apiId = snapshot?.apiId ?? stage.apiId ?? 'abcdef1234'
  return {
    apiId,
    stageName: 'dev',
    deploymentId: 'dep123',
    variables: {},
    disableExecuteApiEndpoint: false,
    methodSettings: {},
    tracingEnabled: false,
    ...stage,
    snapshot: {
      ...SCOPE,
      apiId,
      apiName: 'entities',
      endpointType: 'PRIVATE',
      vpcEndpointIds: [],
      policy: { document: allowing(), sources: {} },
      binaryMediaTypes: [],
      apiKeySource: 'HEADER',
      methods: [lambdaMethod('GET', '/entities'), lambdaMethod('GET', '/entities/{id}')],
      gatewayResponses: {},
      ...snapshot,
    },
  }
}

/** A policy that allows every call, with `condition` where one is given. */
function allowing(condition?: unknown): unknown {
  const statement = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }
  return { Version: '2012-10-17', Statement: [{ ...statement, ...(condition !== undefined && { Condition: condition }) }] }
}

export function methodAt(httpMethod: string, path: string, given: Partial<MethodSnapshot> = {}): MethodSnapshot {
  return {
    resourceId: `res${path.length}`,
    path,
    httpMethod,
    authorizationType: 'NONE',
    apiKeyRequired: false,
    requestParameters: {},
    methodResponses: {},
    ...given,
  }
}

export function lambdaMethod(httpMethod: string, path: string, given: Partial<MethodSnapshot> = {}): MethodSnapshot {
  return methodAt(httpMethod, path, { integration: lambdaIntegration(), ...given })
}

export function lambdaIntegration(given: Partial<IntegrationSnapshot> = {}): IntegrationSnapshot {
  const functionArn = `arn:aws:lambda:${SCOPE.region}:${SCOPE.account}:function:get-entities`
  return {
    type: 'AWS_PROXY',
    httpMethod: 'POST',
    uri: `arn:aws:apigateway:${SCOPE.region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
    requestParameters: {},
    requestTemplates: {},
    passthroughBehavior: 'WHEN_NO_MATCH',
    timeoutInMillis: 29_000,
    integrationResponses: {},
    ...given,
  }
}

/** The endpoint `vpce-0aaaaaaaaaaaaaaaa` in `vpc-0cccccccccccccccc`. */
export function entranceTo(given: Partial<Entrance> = {}): Entrance {
  return {
    ...SCOPE,
    endpointId: 'vpce-0aaaaaaaaaaaaaaaa',
    vpcId: 'vpc-0cccccccccccccccc',
    serviceName: `com.amazonaws.${SCOPE.region}.execute-api`,
    dnsNames: [],
    privateDnsEnabled: false,
    addresses: ['10.0.1.10'],
    ...given,
  }
}
