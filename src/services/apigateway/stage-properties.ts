import type { AccessLogSettings, MethodSetting } from '#services/models/apigateway.ts'
import { escapePointer } from './patch.ts'
import { baseOf } from './update-stage.ts'

/** A method setting as `AWS::ApiGateway::Stage` and `AWS::ApiGateway::Deployment` write it. */
export interface WrittenMethodSetting {
  readonly CacheDataEncrypted?: boolean | undefined
  readonly CacheTtlInSeconds?: number | undefined
  readonly CachingEnabled?: boolean | undefined
  readonly DataTraceEnabled?: boolean | undefined
  readonly HttpMethod?: string | undefined
  readonly LoggingLevel?: string | undefined
  readonly MetricsEnabled?: boolean | undefined
  readonly ResourcePath?: string | undefined
  readonly ThrottlingBurstLimit?: number | undefined
  readonly ThrottlingRateLimit?: number | undefined
}

/** By `{path}/{METHOD}`, each complete: what a setting leaves out is as for every method, or AWS's default. */
export function methodSettingsFrom(written: readonly WrittenMethodSetting[] = []): Record<string, MethodSetting> {
  const methodSettings: Record<string, MethodSetting> = {}
  for (const setting of written) {
    const key = keyOf(setting)
    methodSettings[key] = { ...baseOf({ methodSettings }, key), ...said(setting) }
  }
  return methodSettings
}

/** `/*` is every path. Slashes are written as `~1`, after a first one that is not; plain paths are understood as well. */
function keyOf({ ResourcePath = '/*', HttpMethod = '*' }: WrittenMethodSetting): string {
  if (ResourcePath === '/*' || ResourcePath === '*') return `*/${HttpMethod}`
  const path = ResourcePath.startsWith('/~1') ? ResourcePath.slice(1) : escapePointer(ResourcePath)
  return `${path}/${HttpMethod}`
}

function said(p: WrittenMethodSetting): MethodSetting {
  return {
    ...(p.CacheDataEncrypted !== undefined && { cacheDataEncrypted: p.CacheDataEncrypted }),
    ...(p.CacheTtlInSeconds !== undefined && { cacheTtlInSeconds: p.CacheTtlInSeconds }),
    ...(p.CachingEnabled !== undefined && { cachingEnabled: p.CachingEnabled }),
    ...(p.DataTraceEnabled !== undefined && { dataTraceEnabled: p.DataTraceEnabled }),
    ...(p.LoggingLevel !== undefined && { loggingLevel: p.LoggingLevel }),
    ...(p.MetricsEnabled !== undefined && { metricsEnabled: p.MetricsEnabled }),
    ...(p.ThrottlingBurstLimit !== undefined && { throttlingBurstLimit: p.ThrottlingBurstLimit }),
    ...(p.ThrottlingRateLimit !== undefined && { throttlingRateLimit: p.ThrottlingRateLimit }),
  }
}

/** `Fn::GetAtt Group.Arn` ends in `:*`; API Gateway shows the group's ARN without it. */
export function accessLogFrom(
  written: { readonly DestinationArn?: string; readonly Format?: string } | undefined,
): AccessLogSettings | undefined {
  return written && { destinationArn: written.DestinationArn?.replace(/:\*$/, ''), format: written.Format }
}
