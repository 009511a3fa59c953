import { AwsError } from '#core/aws/aws-error.ts'
import { withSources } from '#core/template/position.ts'
import type { ResourceDefinition } from '#core/template/resources.ts'
import type { AnyResourceType } from '#kit/resource.ts'
import type { Intent, StackResource } from '#kit/stacks.ts'
import { add } from './add-resource.ts'
import { judge } from './caveats.ts'
import { change } from './change-resource.ts'
import type { CompiledTemplate } from './compile.ts'
import { pauseOf, type Run } from './context.ts'
import { declared, stop } from './draft.ts'
import { propertyRefusal } from './property-refusal.ts'
import { importValue, intentOf, liveScope } from './stack-values.ts'
import { walk } from './walk.ts'

/**
 * Creates, changes and replaces what the template asks for, dependencies first and the rest side by side. Removes nothing. Ends early
 * when something fails, after what had begun is done; `run.failed` then tells what.
 */
export async function bringForward(run: Run, compiled: CompiledTemplate): Promise<void> {
  const definitions = new Map(compiled.resources.map((definition) => [definition.logicalId, definition]))
  const scope = liveScope(compiled, importValue(run.ports.records, run.scope), run.journal.resource)
  await walk(
    compiled.graph,
    (logicalId) => {
      const definition = definitions.get(logicalId)
      if (run.stopped || !definition) return false
      const found = run.journal.resource(logicalId)
      try {
        const type = typeOf(run, definition)
        const wanted = intentOf(definition, compiled.graph.get(logicalId) ?? new Set(), scope)
        const intent = { ...wanted, caveats: caveatsOf(run, definition, type, wanted) }
        return found?.current ? change(run, definition, type, intent, found) : add(run, definition, type, intent, found)
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        return refuse(run, definition, found, error)
      }
    },
    pauseOf(run),
  )
}

/** Plans refuse unknown types, but one may go unknown between two versions of Postern. */
function typeOf(run: Run, { type: name }: ResourceDefinition): AnyResourceType {
  const type = run.types.get(name)
  if (!type) throw new AwsError('ValidationError', `Unrecognized resource types: [${name}]`)
  return type
}

/** What functions yielded is judged once it is known. */
function caveatsOf(run: Run, definition: ResourceDefinition, type: AnyResourceType, intent: Intent): Intent['caveats'] {
  const evaluated = { ...definition, properties: withSources(intent.written, intent.sources) }
  const { refused, caveats } = judge(evaluated, type, run.journal.stack().revision?.takesStubs === true)
  if (refused.length > 0) throw propertyRefusal(refused)
  return caveats.length > 0 ? caveats : undefined
}

/** Its properties cannot be: the handler never hears of it. */
function refuse(run: Run, definition: ResourceDefinition, found: StackResource | undefined, error: AwsError): false {
  const creating = !found?.current
  const told = { reason: error.message, position: error.position }
  const resource = { ...declared(definition, found), touched: creating ? ('added' as const) : found.touched }
  run.journal.mark({ ...resource, status: creating ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS' })
  run.journal.mark({ ...resource, status: creating ? 'CREATE_FAILED' : 'UPDATE_FAILED' }, told)
  return stop(run, definition.logicalId)
}
