import { GLOBAL, type Scope } from '#core/aws/scope.ts'
import type { Ids, Ports } from '#kit/ports.ts'
import { table } from '#kit/records.ts'

export interface Tag {
  readonly Key: string
  readonly Value: string
}

export interface Role {
  readonly name: string
  readonly id: string
  readonly path: string
  readonly arn: string
  /** JSON text, as it was given or as a template's document reads. */
  readonly trust: string
  readonly description?: string
  readonly maxSessionSeconds: number
  readonly boundary?: string
  /** JSON texts by policy name. */
  readonly inline: Readonly<Record<string, string>>
  /** ARNs of managed policies, in the order they were attached. */
  readonly attached: readonly string[]
  readonly tags: readonly Tag[]
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

export interface ManagedPolicy {
  readonly name: string
  readonly id: string
  readonly path: string
  readonly arn: string
  readonly description?: string
  readonly document: string
  /** The default version's number: CloudFormation adds a version with each change. */
  readonly version: number
  readonly tags: readonly Tag[]
  readonly createdAt: number
  readonly updatedAt: number
}

export const roles = table<Role>('iam/roles')
export const managedPolicies = table<ManagedPolicy>('iam/policies')

export type Iam = Pick<Ports, 'records' | 'ids' | 'clock'>

/** IAM knows no regions: all of an account's records are in one place. */
export function globalScope({ account }: Scope): Scope {
  return { account, region: GLOBAL }
}

/** `AROA` and 17 upper-case letters and digits; the prefix says what it is. */
export function uniqueId(prefix: 'AROA' | 'ANPA', ids: Pick<Ids, 'alphanumeric'>): string {
  return `${prefix}${ids.alphanumeric(17).toUpperCase()}`
}
