import { createHash } from 'node:crypto'
import type { Scope } from '#core/aws/scope.ts'
import type { AliasConfiguration, FunctionConfiguration } from '#services/models/lambda.ts'
import { functionArn } from './names.ts'
import type { AliasRecord, FunctionRecord, Revision } from './records.ts'

/** A function as lists show it: without its state. */
export function shownFunction(
  scope: Scope,
  { name }: Pick<FunctionRecord, 'name'>,
  { version, revisionId, lastModified, code, configuration: c }: Revision,
  qualifier?: string,
): FunctionConfiguration {
  return {
    FunctionName: name,
    FunctionArn: functionArn(scope, name, qualifier),
    ...(code.imageUri === undefined && {
      Runtime: c.runtime as NonNullable<FunctionConfiguration['Runtime']>,
      Handler: c.handler,
    }),
    Role: c.role,
    CodeSize: code.size,
    Description: c.description,
    Timeout: c.timeout,
    MemorySize: c.memorySize,
    LastModified: new Date(lastModified).toISOString().replace('Z', '+0000'),
    CodeSha256: code.sha256,
    Version: version,
    ...(c.vpc && {
      VpcConfig: { SubnetIds: c.vpc.subnetIds, SecurityGroupIds: c.vpc.securityGroupIds, Ipv6AllowedForDualStack: false },
    }),
    ...(c.deadLetterTarget !== undefined && { DeadLetterConfig: { TargetArn: c.deadLetterTarget } }),
    ...(c.environment && { Environment: { Variables: c.environment } }),
    ...(c.kmsKeyArn !== undefined && { KMSKeyArn: c.kmsKeyArn }),
    TracingConfig: { Mode: c.tracingMode as 'Active' | 'PassThrough' },
    RevisionId: revisionId,
    PackageType: code.imageUri === undefined ? 'Zip' : 'Image',
    Architectures: c.architectures as ('x86_64' | 'arm64')[],
    EphemeralStorage: { Size: c.ephemeralStorage },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: c.logGroup },
  }
}

/** A function by itself: with its state. Functions are ready at once, whatever the answer to the call that made them says. */
export function shownActive(...of: Parameters<typeof shownFunction>): FunctionConfiguration {
  return { ...shownFunction(...of), ...runtimeVersion(of[2], of[0]), State: 'Active', LastUpdateStatus: 'Successful' }
}

/** The answer to `CreateFunction`: on AWS, the function is not ready yet. */
export function shownPending(...of: Parameters<typeof shownFunction>): FunctionConfiguration {
  return {
    ...shownFunction(...of),
    ...runtimeVersion(of[2], of[0]),
    State: 'Pending',
    StateReason: 'The function is being created.',
    StateReasonCode: 'Creating',
  }
}

/** The answer to a change: on AWS, it is on its way. */
export function shownUpdating(...of: Parameters<typeof shownFunction>): FunctionConfiguration {
  return {
    ...shownFunction(...of),
    ...runtimeVersion(of[2], of[0]),
    State: 'Active',
    LastUpdateStatus: 'InProgress',
    LastUpdateStatusReason: 'The function is being created.',
    // In AWS's answers, though not in its model.
    LastUpdateStatusReasonCode: 'Creating' as NonNullable<FunctionConfiguration['LastUpdateStatusReasonCode']>,
  }
}

export function shownAlias(
  scope: Scope,
  { name, functionName, version, description, revisionId, routing }: AliasRecord,
): AliasConfiguration {
  return {
    AliasArn: functionArn(scope, functionName, name),
    Name: name,
    FunctionVersion: version,
    Description: description,
    ...(routing && { RoutingConfig: { AdditionalVersionWeights: { [routing.version]: routing.weight } } }),
    RevisionId: revisionId,
  }
}

function runtimeVersion({ configuration: { runtime } }: Revision, { region }: Scope) {
  const digest = createHash('sha256').update(runtime).digest('hex')
  return { RuntimeVersionConfig: { RuntimeVersionArn: `arn:aws:lambda:${region}::runtime:${digest}` } }
}
