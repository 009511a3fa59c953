import type { Source } from '../aws/reason.ts'
import type { SourceMap } from '../template/position.ts'

/** A REST API as one deployment captured it. Frozen: an edited policy or method takes effect with the next deployment. */
export interface RestApiSnapshot {
  readonly apiId: string
  readonly apiName: string
  readonly account: string
  readonly region: string
  readonly endpointType: 'EDGE' | 'REGIONAL' | 'PRIVATE'
  /** Endpoints whose `{api}-{vpce}` alias names exist. */
  readonly vpcEndpointIds: readonly string[]
  /** The resource policy, its shorthand resources expanded, with where it was written. */
  readonly policy?: { readonly document: unknown; readonly sources: SourceMap; readonly stack?: string }
  readonly binaryMediaTypes: readonly string[]
  readonly apiKeySource: 'HEADER' | 'AUTHORIZER'
  readonly minimumCompressionSize?: number
  readonly methods: readonly MethodSnapshot[]
  /** Schemas by the models' names, where requests are validated. */
  readonly models?: Readonly<Record<string, string>>
  readonly gatewayResponses: Readonly<Record<string, GatewayResponseSnapshot>>
  /** Where the template configures the endpoint type, for the trace. */
  readonly source?: Source
}

export interface MethodSnapshot {
  readonly resourceId: string
  /** `/entities/{id}`, `/{proxy+}`, `/`. */
  readonly path: string
  /** `GET`, or `ANY`. */
  readonly httpMethod: string
  readonly authorizationType: string
  readonly authorizerId?: string
  readonly apiKeyRequired: boolean
  readonly operationName?: string
  readonly requestParameters: Readonly<Record<string, boolean>>
  /** What the request validator looks at: places of required parameters, and models by content type. */
  readonly validation?: { readonly parameters: readonly string[]; readonly models: Readonly<Record<string, string>> }
  readonly integration?: IntegrationSnapshot
  readonly methodResponses: Readonly<
    Record<
      string,
      {
        readonly responseParameters: Readonly<Record<string, boolean>>
        readonly responseModels: Readonly<Record<string, string>>
      }
    >
  >
  readonly source?: Source
}

export interface IntegrationSnapshot {
  readonly type: 'AWS_PROXY' | 'AWS' | 'HTTP' | 'HTTP_PROXY' | 'MOCK'
  readonly httpMethod?: string
  readonly uri?: string
  readonly credentials?: string
  readonly requestParameters: Readonly<Record<string, string>>
  readonly requestTemplates: Readonly<Record<string, string>>
  readonly passthroughBehavior: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER'
  readonly contentHandling?: 'CONVERT_TO_BINARY' | 'CONVERT_TO_TEXT'
  readonly timeoutInMillis: number
  /** By status code. */
  readonly integrationResponses: Readonly<
    Record<
      string,
      {
        readonly selectionPattern?: string
        readonly responseParameters: Readonly<Record<string, string>>
        readonly responseTemplates: Readonly<Record<string, string>>
        readonly contentHandling?: 'CONVERT_TO_BINARY' | 'CONVERT_TO_TEXT'
      }
    >
  >
}

export interface GatewayResponseSnapshot {
  readonly statusCode?: string
  readonly responseParameters: Readonly<Record<string, string>>
  readonly responseTemplates: Readonly<Record<string, string>>
}

/** What answers under `/{stageName}` of an API: the stage's own settings, live, over the deployment that it points to, frozen. */
export interface ApiStage {
  readonly apiId: string
  readonly stageName: string
  readonly deploymentId: string
  readonly variables: Readonly<Record<string, string>>
  readonly snapshot: RestApiSnapshot
  /** Live setting of the API, not of the deployment: the default name answers 403 when set. */
  readonly disableExecuteApiEndpoint: boolean
  /** Execution logging (`MethodSettings`), by `*` for every method, or `{path}/{METHOD}`. */
  readonly methodSettings: Readonly<Record<string, MethodSetting>>
  readonly accessLog?: { readonly destinationArn: string; readonly format: string }
  readonly tracingEnabled: boolean
}

export interface MethodSetting {
  readonly loggingLevel?: 'OFF' | 'ERROR' | 'INFO'
  readonly dataTraceEnabled?: boolean
  readonly metricsEnabled?: boolean
  readonly throttlingBurstLimit?: number
  readonly throttlingRateLimit?: number
}
