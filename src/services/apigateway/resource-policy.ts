import type { Scope } from '#core/aws/scope.ts'
import { validatePolicy } from '#core/policy/compile-policy.ts'
import { expandDomainPolicy, expandPolicyResources } from '#core/policy/expand-resource.ts'
import { type Position, positionOf, type SourceMap, sourceMapOf } from '#core/template/position.ts'
import type { Value } from '#core/template/value.ts'
import { badRequest } from './refusals.ts'

/** A resource policy as an API keeps it: its shorthand expanded, with where each part was written. */
export interface StoredPolicy {
  readonly document: unknown
  /** By JSON pointer into the policy as it was written. */
  readonly sources: SourceMap
  /** The stack whose template wrote it. */
  readonly stack?: string
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const MAX_CHARACTERS = 8192

/** Reads a policy written as JSON text or as a map, refuses what AWS refuses, and answers what is stored; nothing for an empty text. */
export function storedPolicy(written: Value, apiId: string, scope: Scope, from: WrittenIn = {}): StoredPolicy | undefined {
  return stored(written, (document) => expandPolicyResources(document, { ...scope, apiId }), from)
}

/** The same for the policy of a private custom domain name, whose resource is the name itself. */
export function storedDomainPolicy(written: Value, invokeArn: string, from: WrittenIn = {}): StoredPolicy | undefined {
  return stored(written, (document) => expandDomainPolicy(document, invokeArn), from)
}

/** The template that wrote a policy, if one did. */
export interface WrittenIn {
  readonly stack?: string | undefined
  readonly position?: Position | undefined
}

function stored(written: Value, expand: (document: unknown) => unknown, from: WrittenIn): StoredPolicy | undefined {
  if (written === '') return undefined
  const position = positionOf(written) ?? from.position
  const sources: SourceMap = typeof written === 'string' ? (position ? { '': position } : {}) : sourceMapOf(written)
  const document = typeof written === 'string' ? parsed(written, position) : written
  const [problem] = validatePolicy(document)
  if (problem) throw invalid(sources[problem.pointer] ?? position)
  const expanded = expand(document)
  // unverified: the words for a policy that is too long.
  if (JSON.stringify(expanded).length > MAX_CHARACTERS)
    throw badRequest(`Resource policy size must not exceed ${MAX_CHARACTERS} characters`, position)
  return { document: expanded, sources, ...(from.stack !== undefined && { stack: from.stack }) }
}

/** As GetRestApi shows it: JSON with its quotes escaped once more. */
export function describePolicy({ document }: StoredPolicy): string {
  return JSON.stringify(document).replaceAll('\\', '\\\\').replaceAll('"', '\\"')
}

function parsed(text: string, position: Position | undefined): Value {
  try {
    return JSON.parse(text) as Value
  } catch {
    throw invalid(position)
  }
}

function invalid(position: Position | undefined) {
  return badRequest('Invalid policy document. Please check the policy syntax and ensure that Principals are valid.', position)
}
