import { AwsError } from '#core/aws/aws-error.ts'
import type { Finding } from '#core/plan/check-properties.ts'
import { coerceProperties } from '#core/plan/coerce.ts'
import type { Position } from '#core/template/position.ts'
import type { AnyResourceType, ExistingResource, ResourceRequest, ResourceState } from '#kit/resource.ts'
import type { Intent, PhysicalResource } from '#kit/stacks.ts'
import { findingOf, honoured } from './caveats.ts'
import type { Run } from './context.ts'
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

/**
 * The resource as its handler sees it. Throws where a property is not of the type that the schema asks for.
 *
 * @param noted gets what the handler says that it does not do, where the stack takes stubs
 */
export function requestFor(
  run: Run,
  type: AnyResourceType,
  logicalId: string,
  intent: Intent,
  noted: Finding[] = [],
): ResourceRequest<Record<string, unknown>> {
  const { id, name, revision } = run.journal.stack()
  const written = honoured(intent)
  return {
    properties: coerceProperties(written, type.schema),
    written,
    logicalId,
    stack: { id, name, tags: revision?.tags ?? {} },
    caller: { ...run.by.caller, headers: {} },
    unsupported(refusal) {
      if (!revision?.takesStubs) throw refusal
      noted.push(findingOf(refusal, logicalId))
    },
  }
}

export function existing(
  type: AnyResourceType,
  { id, attributes }: PhysicalResource,
  intent: Intent,
): ExistingResource<Record<string, unknown>> {
  return { ref: id, attributes, properties: coerceProperties(honoured(intent), type.schema) }
}

export function physical({ isStub }: AnyResourceType, intent: Intent, { ref, attributes }: ResourceState): PhysicalResource {
  return { ...intent, id: ref, attributes, isStub }
}
