import { partitionOf } from '../aws/scope.ts'
import { positionedAs } from '../template/position.ts'

/** What an API's resource policy may leave out of its resources. */
export interface ResourceContext {
  readonly partition?: string
  readonly region: string
  readonly account: string
  readonly apiId: string
}

const SHORTHAND = 'execute-api:/'

/** `execute-api:/{stage}/{METHOD}/{path}` becomes the API's ARN; anything else stays as it is. */
export function expandResource(resource: string, { partition, region, account, apiId }: ResourceContext): string {
  if (!resource.startsWith(SHORTHAND)) return resource
  return `arn:${partition ?? partitionOf(region)}:execute-api:${region}:${account}:${apiId}/${resource.slice(SHORTHAND.length)}`
}

type Expand = (resource: string) => string

/** The policy with every `Resource` and `NotResource` expanded, and lists of one written as the text itself, as API Gateway stores it. */
export function expandPolicyResources(document: unknown, context: ResourceContext): unknown {
  return expandPolicy(document, (resource) => expandResource(resource, context))
}

/** The same for the policy of a private custom domain name: whatever is written for `execute-api:/` is the name itself. */
export function expandDomainPolicy(document: unknown, invokeArn: string): unknown {
  return expandPolicy(document, (resource) => (resource.startsWith(SHORTHAND) ? invokeArn : resource))
}

function expandPolicy(document: unknown, expand: Expand): unknown {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return document
  const policy = document as Record<string, unknown>
  const statements = policy['Statement']
  const expanded = Array.isArray(statements)
    ? positionedAs(
        statements.map((statement) => expandStatement(statement, expand)),
        statements,
      )
    : expandStatement(statements, expand)
  return { ...policy, Statement: expanded }
}

function expandStatement(statement: unknown, expand: Expand): unknown {
  if (typeof statement !== 'object' || statement === null) return statement
  const expanded: Record<string, unknown> = { ...statement }
  for (const key of ['Resource', 'NotResource']) if (key in expanded) expanded[key] = expandList(expanded[key], expand)
  return expanded
}

function expandList(value: unknown, expand: Expand): unknown {
  if (typeof value === 'string') return expand(value)
  if (!Array.isArray(value)) return value
  const list = value.map((item) => (typeof item === 'string' ? expand(item) : item))
  return list.length === 1 ? list[0] : list
}
