import { AwsError } from '#core/aws/aws-error.ts'
import { checkProperties, type Finding } from '#core/plan/check-properties.ts'
import { coerceProperties } from '#core/plan/coerce.ts'
import { type Position, withSources } from '#core/template/position.ts'
import type { ResourceDefinition } from '#core/template/resources.ts'
import type { AnyResourceType, ExistingResource, ResourceRequest, ResourceState } from '#kit/resource.ts'
import type { Intent, PhysicalResource } from '#kit/stacks.ts'
import type { Run } from './context.ts'
import { propertyRefusal } from './property-refusal.ts'
import { handlerFailure } from './reasons.ts'

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string; readonly position?: Position | undefined }

/**
 * Calls a handler and tells what came of it. `settle` runs in the same turn as the handler's last act, so that what a handler stored
 * and what the stack knows of it become durable together.
 */
export function attempt<T>(
  run: Run,
  type: string,
  act: () => T | Promise<T>,
  settle: (outcome: Outcome<T>) => boolean,
): boolean | Promise<boolean> {
  const failed = (error: unknown) => {
    if (!(error instanceof AwsError)) run.onDefect(error)
    return settle({
      ok: false,
      reason: handlerFailure(error, type, run.ports.ids),
      position: error instanceof AwsError ? error.position : undefined,
    })
  }
  const succeeded = (value: T) => settle({ ok: true, value })
  let result: T | Promise<T>
  try {
    result = act()
  } catch (error) {
    return failed(error)
  }
  return result instanceof Promise ? result.then(succeeded, failed) : succeeded(result)
}

/** The resource as its handler sees it. Throws where a property is not of the type that the schema asks for. */
export function requestFor(
  run: Run,
  type: AnyResourceType,
  logicalId: string,
  intent: Intent,
): ResourceRequest<Record<string, unknown>> {
  const { id, name, revision } = run.journal.stack()
  const written = withSources(intent.written, intent.sources)
  return {
    properties: coerceProperties(written, type.schema),
    written,
    logicalId,
    stack: { id, name, tags: revision?.tags ?? {} },
    caller: { ...run.by.caller, headers: {} },
  }
}

export function existing(
  type: AnyResourceType,
  { id, attributes }: PhysicalResource,
  { written }: Intent,
): ExistingResource<Record<string, unknown>> {
  return { ref: id, attributes, properties: coerceProperties(written, type.schema) }
}

export function physical(intent: Intent, { ref, attributes }: ResourceState): PhysicalResource {
  return { ...intent, id: ref, attributes }
}

/** What functions yielded is checked once it is known. */
export function refusalOfEvaluated(
  definition: ResourceDefinition,
  intent: Intent,
  type: AnyResourceType,
): ReturnType<typeof propertyRefusal> | undefined {
  const properties = withSources(intent.written, intent.sources)
  const findings: readonly Finding[] = checkProperties(
    { ...definition, properties },
    type.schema,
    type.honours,
    type.refuses ?? [],
  )
  return findings.length > 0 ? propertyRefusal(findings) : undefined
}
