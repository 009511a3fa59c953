import type { Reason } from '#core/aws/reason.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { CustomDomain } from '#core/gateway/custom-domain.ts'
import type { ApiStage } from '#core/gateway/deployment.ts'
import type { Entrance } from '#core/gateway/entrance.ts'
import type { ValueMap } from '#core/template/value.ts'
import type { Records } from './records.ts'
import type { Plan, PlanRequest, Revision } from './stacks.ts'

/** Time, as a port: a whole cloud can run under a fake clock. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number
  /** Calls `run` once after `ms`; the answer cancels it. Never keeps the process alive by itself. */
  after(ms: number, run: () => void): () => void
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Identifiers and chance, as a port: the same seed gives the same ids. */
export interface Ids {
  bytes(count: number): Uint8Array
  /** Lower-case hexadecimal. */
  hex(length: number): string
  /** Lower-case letters and digits, as in API ids. */
  alphanumeric(length: number): string
  /** A version 4 UUID. */
  uuid(): string
}

/** Bytes by their SHA-256: deployment packages, objects. */
export interface Blobs {
  /** Stores the bytes durably and answers their SHA-256 in hexadecimal. */
  put(bytes: Uint8Array): Promise<string>
  /** Throws where there is no such blob: a record that names one must not outlive it. */
  get(digest: string): Promise<Uint8Array>
}

/** CloudWatch Logs as other services write to it. Missing groups and streams are made, as a service's role would. */
export interface Logs {
  /** `timestamp` in milliseconds. Buffered; readable by `read` at once. */
  append(scope: Scope, group: string, stream: string, events: readonly LogEvent[]): void
  /** Events of one group in order of time, oldest first. `from` and `to` are inclusive milliseconds. */
  read(scope: Scope, group: string, filter?: LogFilter): readonly StoredLogEvent[]
  /** The names of all groups that hold events. */
  groups(scope: Scope): readonly string[]
  /** What is known of each stream of the group. */
  streams(scope: Scope, group: string): readonly LogStreamInfo[]
  deleteGroup(scope: Scope, group: string): void
  deleteStream(scope: Scope, group: string, stream: string): void
}
export interface LogEvent {
  readonly timestamp: number
  readonly message: string
}
export interface StoredLogEvent extends LogEvent {
  /** Grows with each event of this store; unique. */
  readonly id: string
  readonly stream: string
  readonly ingestionTime: number
}
export interface LogFilter {
  readonly streams?: readonly string[]
  readonly from?: number
  readonly to?: number
  /** Only events whose id is greater: for following a log. */
  readonly after?: string
  readonly limit?: number
}
export interface LogStreamInfo {
  readonly name: string
  readonly creationTime: number
  readonly firstEventTimestamp: number
  readonly lastEventTimestamp: number
  readonly lastIngestionTime: number
  readonly storedBytes: number
}

/** S3 as other services read it. */
export interface Objects {
  /** The object's bytes, or the S3 error as `AwsError` (`NoSuchBucket`, `NoSuchKey`). */
  read(scope: Scope, at: { bucket: string; key: string; versionId?: string }): Promise<Uint8Array>
}

/** Lambda as other services call it. Permission to call is part of the question. */
export interface Functions {
  invoke(call: FunctionCall): Promise<FunctionAnswer>
}
export interface FunctionCall {
  /** The function's ARN, with or without `:version` or `:alias`. */
  readonly functionArn: string
  readonly payload: Uint8Array
  /** Who calls. A service needs a permission on the function for this source; an account's own caller does not (yet). */
  readonly as: { readonly service: string; readonly sourceArn: string; readonly sourceAccount: string } | 'account'
  /** Whether the last 4 KB of the log are wanted (`LogType: Tail`). */
  readonly tail?: boolean
  readonly clientContext?: string
  readonly traceId?: string
}
export type FunctionAnswer =
  /** The function ran. `functionError` is set (`Unhandled`) when it failed, and `payload` then holds the error. */
  | {
      readonly kind: 'answered'
      readonly requestId: string
      readonly payload: Uint8Array
      readonly executedVersion: string
      readonly functionError?: string
      readonly logTail?: string
    }
  /** Lambda did not run it: no permission, no such function, throttled, payload too large. */
  | {
      readonly kind: 'refused'
      readonly because: Reason
      readonly error: {
        readonly code: string
        readonly message: string
        readonly status: number
        /** Further members of the error's shape, such as `Reason`. */
        readonly fields?: Readonly<Record<string, unknown>>
      }
    }

/** Runs code: real processes here, perhaps another machine later. It knows nothing of permissions or versions. */
export interface FunctionHost {
  run(code: FunctionCode, invocation: Invocation): Promise<Outcome>
  /** There is such a function, and it may soon be called: what can be done beforehand may be. Starts nothing of the function's own. */
  prepare?(code: FunctionCode): void
  /** Ends the environments of this function version, warm ones at once and busy ones after their answer. */
  retire(functionArn: string): void
}
/** All that an environment is made from. Two calls with the same `revision` may share a warm environment. */
export interface FunctionCode {
  /** The ARN with the version that runs (`…:function:name:$LATEST`). */
  readonly functionArn: string
  readonly revision: string
  readonly name: string
  readonly version: string
  readonly scope: Scope
  /** The deployment package: a blob's digest (a zip). */
  readonly package: string
  /** As the template names it, such as `nodejs22.x`; the runtime that runs it may differ. */
  readonly runtime: string
  readonly handler: string
  readonly timeoutSeconds: number
  readonly memoryMegabytes: number
  readonly roleArn: string
  readonly environment: Readonly<Record<string, string>>
  readonly logGroup: string
  /** At most this many environments at a time. */
  readonly concurrency: number
}
export interface Invocation {
  readonly requestId: string
  readonly payload: Uint8Array
  /** The ARN that the caller used: it is in the context object. */
  readonly invokedArn: string
  readonly clientContext?: string
  readonly traceId?: string
  readonly tail?: boolean
}
export type Outcome =
  | { readonly kind: 'result'; readonly payload: Uint8Array; readonly logTail?: string }
  /** The payload is the error as Lambda shows it (`errorType`, `errorMessage`, `trace`). */
  | { readonly kind: 'error'; readonly payload: Uint8Array; readonly logTail?: string }
  /** More than `concurrency` at once. */
  | { readonly kind: 'throttled' }

/** The data plane as the control plane feeds it. What is published here, frozen, is what answers. */
export interface DataPlane {
  /** Puts the stage in place of what answered under its API and name before. */
  publishStage(stage: ApiStage): void
  withdrawStage(apiId: string, stageName: string): void
  /** Puts the custom domain name in place of what it was before. */
  publishDomain(domain: CustomDomain): void
  withdrawDomain(arn: string): void
  /** Opens an interface endpoint: a loopback port of its own, the same as before where `entrance.port` says so. Answers the port. */
  openEntrance(entrance: Entrance): Promise<number>
  /** Takes the entrance's changed policy, groups or DNS names. */
  changeEntrance(entrance: Entrance): void
  closeEntrance(endpointId: string): Promise<void>
}

/** Credentials that Postern gave out: a function's role session, for now. */
export interface Credentials {
  /** Whose the access key is, if Postern gave it out. */
  find(accessKeyId: string): IssuedCredentials | undefined
  /** A session of this role, good until Postern stops. The same role and session name give the same credentials. */
  forRole(roleArn: string, sessionName: string): { accessKeyId: string; secretAccessKey: string; sessionToken: string }
}

export interface IssuedCredentials {
  readonly account: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly principalArn: string
  /** Milliseconds since 1970; missing where they do not expire. */
  readonly expires?: number
}

/** The CloudFormation engine as the CloudFormation operations drive it. */
export interface StackEngine {
  /**
   * What bringing a stack to this revision would take. Creates nothing. Throws, as `AwsError`, what AWS refuses at the call itself: a
   * malformed template, wrong parameters, unknown resource types, missing capabilities.
   */
  plan(scope: Scope, request: PlanRequest): Promise<Plan>
  /** The revision's template after its transforms, or nothing where it has none. */
  process(scope: Scope, stack: { readonly stackId: string; readonly stackName: string }, revision: Revision): ValueMap | undefined
  /** Carries out the operation in the stack's record; resolves when the stack rests. Errors of resources are events, never thrown. */
  run(scope: Scope, stackId: string): Promise<void>
  /** Asks the creation or update that runs to begin no further resource and to roll back. */
  interrupt(scope: Scope, stackId: string): void
}

/** Systems Manager's parameters as templates read them. */
export interface Parameters {
  /** The text of `name`, or of `name:version`; nothing where there is none. */
  value(scope: Scope, name: string): string | undefined
}

/** EC2's VPCs as other services ask for them. */
export interface Vpcs {
  /** The account that the VPC belongs to; nothing where there is none. */
  ownerOf(region: string, vpcId: string): string | undefined
}

/** Where Postern itself can be reached: functions and printed lines need it. */
export interface Addresses {
  /** `http://127.0.0.1:4566` */
  readonly endpoint: string
}

/** Everything a handler may reach. `app/` fills it in; tests fill in what they need. */
export interface Ports {
  readonly clock: Clock
  readonly ids: Ids
  readonly records: Records
  readonly blobs: Blobs
  readonly logs: Logs
  readonly objects: Objects
  readonly parameters: Parameters
  readonly functions: Functions
  readonly host: FunctionHost
  readonly dataPlane: DataPlane
  readonly credentials: Credentials
  readonly stacks: StackEngine
  readonly vpcs: Vpcs
  readonly addresses: Addresses
}
