import { table } from '#kit/records.ts'

/** What of a function is the same for `$LATEST` and for every version that was published from it. */
export interface FunctionRecord {
  readonly name: string
  readonly latest: Revision
  /** The number that the next published version gets: numbers are never used twice. */
  readonly nextVersion: number
  readonly reservedConcurrency?: number
  readonly tags: Readonly<Record<string, string>>
}

/** One state of a function: its code and its configuration. A published version is one that never changes. */
export interface Revision {
  /** `$LATEST`, or a number. */
  readonly version: string
  readonly revisionId: string
  /** Milliseconds since 1970. */
  readonly lastModified: number
  readonly code: Package
  readonly configuration: Configuration
}

/** A deployment package: the digest of its blob, and as Lambda shows it. */
export interface Package {
  readonly blob: string
  readonly sha256: string
  readonly size: number
  /** Set for a container image, which Postern does not have: there is no blob then. */
  readonly imageUri?: string
}

export interface Configuration {
  /** Empty, as the handler, where the code is a container image. */
  readonly runtime: string
  readonly handler: string
  readonly role: string
  readonly description: string
  readonly timeout: number
  readonly memorySize: number
  readonly architectures: readonly string[]
  readonly ephemeralStorage: number
  readonly tracingMode: string
  readonly logGroup: string
  /** Missing where none was ever given: Lambda then leaves it out. */
  readonly environment?: Readonly<Record<string, string>>
  readonly vpc?: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] }
  readonly deadLetterTarget?: string
  readonly kmsKeyArn?: string
}

export interface AliasRecord {
  readonly name: string
  readonly functionName: string
  readonly version: string
  readonly description: string
  readonly revisionId: string
  /** A second version, and the share of the calls that it gets. */
  readonly routing?: { readonly version: string; readonly weight: number }
}

/** Who may call a function, or one version or alias of it. */
export interface PolicyRecord {
  readonly revisionId: string
  readonly statements: readonly PermissionStatement[]
}
export interface PermissionStatement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Principal: '*' | { readonly Service: string } | { readonly AWS: string }
  readonly Action: string
  readonly Resource: string
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export const functions = table<FunctionRecord>('lambda/functions')
/** By `name:00000001`, so that their order is that of their numbers. */
export const versions = table<Revision>('lambda/versions')
/** By `name:alias`. */
export const aliases = table<AliasRecord>('lambda/aliases')
/** By `name`, or `name:qualifier`. */
export const policies = table<PolicyRecord>('lambda/policies')

export const versionKey = (name: string, version: string | number): string => `${name}:${String(version).padStart(8, '0')}`
