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

/** The policy with every `Resource` and `NotResource` expanded, and lists of one written as the text itself, as API Gateway stores it. */
export function expandPolicyResources(document: unknown, context: ResourceContext): unknown {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return document
  const policy = document as Record<string, unknown>
  const statements = policy['Statement']
  const expanded = Array.isArray(statements)
    ? positionedAs(
        statements.map((statement) => expandStatement(statement, context)),
        statements,
      )
    : expandStatement(statements, context)
  return { ...policy, Statement: expanded }
}

function expandStatement(statement: unknown, context: ResourceContext): unknown {
  if (typeof statement !== 'object' || statement === null) return statement
  const expanded: Record<string, unknown> = { ...statement }
  for (const key of ['Resource', 'NotResource']) if (key in expanded) expanded[key] = expandList(expanded[key], context)
  return expanded
}

function expandList(value: unknown, context: ResourceContext): unknown {
  if (typeof value === 'string') return expandResource(value, context)
  if (!Array.isArray(value)) return value
  const list = value.map((item) => (typeof item === 'string' ? expandResource(item, context) : item))
  return list.length === 1 ? list[0] : list
}
