import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { coerceProperties } from '#core/plan/coerce.ts'
import { type Change, type CurrentResource, planChanges } from '#core/plan/plan.ts'
import { missingCapabilities } from '#core/template/capabilities.ts'
import { evaluate } from '#core/template/evaluate.ts'
import type { EvaluationScope } from '#core/template/scope.ts'
import type { ValueMap } from '#core/template/value.ts'
import type { Ports } from '#kit/ports.ts'
import { journalOf, type StackJournal } from '#kit/stack-journal.ts'
import { type Plan, type PlanRequest, type Revision, type StackResource, stacks } from '#kit/stacks.ts'
import { STUB_TAG } from '#kit/stub-tag.ts'
import { type CompiledTemplate, compile } from './compile.ts'
import { type LoadedTypes, loadTypes, type ResourceTypes } from './context.ts'
import { knownAttributes } from './known-attributes.ts'
import { liveLookups } from './parameter-lookups.ts'
import { demandCapabilities, refuseChangedTypes, refusedProperties, refuseUnknownTypes } from './refusals.ts'
import { fetchSnippets } from './snippets.ts'
import { importValue, liveScope, outputsOfStack } from './stack-values.ts'
import { sameTags } from './tags-changed.ts'
import type { ReadTemplate, TemplateReader } from './template-reader.ts'

const EXPANSION = 'CAPABILITY_AUTO_EXPAND'

interface Tools {
  readonly ports: Ports
  readonly types: ResourceTypes
  readonly templates: TemplateReader
  /** Whether stacks take stubs without being asked. */
  readonly stubUnsupported: boolean
}

/** See `StackEngine.plan`. */
export async function planStack(tools: Tools, scope: Scope, request: PlanRequest): Promise<Plan> {
  const { ports, templates } = tools
  const stack = ports.records.get(stacks, scope, request.stackId)
  const read = templates.read(request.template, request.parameters, liveLookups(ports, scope), stack?.revision?.parameters ?? {})
  const transformed = read.transforms.length > 0
  if (transformed && request.expansionNeedsConsent && !request.capabilities.includes(EXPANSION)) demandCapabilities([EXPANSION])
  const takesStubs = tools.stubUnsupported || request.tags[STUB_TAG] === 'true'
  const revision = { parameters: read.parameters, description: read.description, transformed, ...(takesStubs && { takesStubs }) }
  let inTransform = true
  try {
    const snippets = await fetchSnippets(read, scope, request, ports.objects)
    const template = templates.expand({ ...read, snippets }, scope, request)
    inTransform = false
    return { ...revision, snippets, ...(await planExpanded(tools, scope, request, read, template, takesStubs)) }
  } catch (error) {
    // What only the transform brings to light, AWS tells of after the call: the change set fails with it.
    if (error instanceof AwsError && transformed) return { ...revision, kind: 'refused', error, inTransform }
    throw error
  }
}

type Conclusion =
  | { readonly kind: 'changes'; readonly changes: readonly Change[]; readonly warning?: string | undefined }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly error: AwsError }

async function planExpanded(
  { ports, types }: Tools,
  scope: Scope,
  request: PlanRequest,
  read: ReadTemplate,
  template: ValueMap,
  takesStubs: boolean,
): Promise<Conclusion> {
  demandCapabilities(missingCapabilities(template, request.capabilities).filter((one) => one !== EXPANSION))
  const compiled = compile(template, read.parameters, scope, request)
  const stack = ports.records.get(stacks, scope, request.stackId)
  const journal = stack && journalOf(ports, scope, request.stackId)
  const standing = journal?.resources().filter(({ current }) => current) ?? []
  const loaded = await loadTypes(
    types,
    [...compiled.resources, ...standing].map(({ type }) => type),
  )
  refuseUnknownTypes(compiled, loaded, takesStubs)
  refuseChangedTypes(compiled, standing)
  const error = refusedProperties(compiled, loaded, takesStubs)
  if (error) return { kind: 'refused', error }
  const changes = [...plannedChanges(ports, scope, compiled, standing, loaded, changedParameters(read, stack?.revision))]
  if (stack?.revision && !sameTags(stack.revision.tags, request.tags)) changes.push(...tagChanges(standing, loaded, changes))
  const warning = missingImport(compiled, importValue(ports.records, scope))
  if (changes.length > 0 || !journal || !stack?.revision) return { kind: 'changes', changes, warning }
  return sameOutputs(ports, scope, compiled, journal) && !isUnfinished(journal, loaded)
    ? { kind: 'unchanged' }
    : { kind: 'changes', changes }
}

function changedParameters({ parameters: { texts, resolved } }: ReadTemplate, before: Revision | undefined): Set<string> {
  const isChanged = (key: string) => texts[key] !== before?.parameters[key] || resolved[key] !== before?.resolvedParameters?.[key]
  return new Set(Object.keys(texts).filter(isChanged))
}

function plannedChanges(
  ports: Ports,
  scope: Scope,
  compiled: CompiledTemplate,
  standing: readonly StackResource[],
  loaded: LoadedTypes,
  changed: ReadonlySet<string>,
): readonly Change[] {
  return planChanges({
    desired: compiled.resources,
    current: standing.flatMap((resource) => currentResource(resource, loaded) ?? []),
    scope: { ...compiled.scope, importValue: importValue(ports.records, scope), missingImport: 'unknown' },
    schemas: (type) => loaded.get(type)?.schema,
    changedParameters: changed,
    replaces: (type, before, after) => loaded.get(type)?.replaces?.({ ...before }, { ...after }),
  })
}

function currentResource(
  { logicalId, type, current, metadata }: StackResource,
  loaded: LoadedTypes,
): CurrentResource | undefined {
  if (!current) return undefined
  const known = loaded.get(type)
  return {
    logicalId,
    type,
    ref: current.id,
    attributes: knownAttributes(current),
    isStub: current.isStub === true,
    properties: known ? coerceProperties(current.written, known.schema) : current.written,
    deletionPolicy: current.deletionPolicy,
    updateReplacePolicy: current.updateReplacePolicy,
    ...(metadata !== undefined && { metadata: JSON.parse(metadata) }),
  }
}

/** AWS warns of the first resource that imports what does not exist (yet). */
function missingImport(compiled: CompiledTemplate, importedValue: (name: string) => string | undefined): string | undefined {
  let missing: string | undefined
  const noting = (name: string) => {
    const value = importedValue(name)
    if (value === undefined) missing ??= name
    return value
  }
  const scope: EvaluationScope = { ...liveScope(compiled, noting, () => undefined), missingImport: 'unknown' }
  for (const { logicalId, properties } of compiled.resources) {
    evaluate(properties, scope)
    if (missing === undefined) continue
    return `[WARN] --include-property-values option can return incomplete ChangeSet data because: ChangeSet creation failed for resource [${logicalId}] because: No export named ${missing}`
  }
  return undefined
}

/** Every resource that can bear tags bears the stack's, and so changes with them. */
function tagChanges(standing: readonly StackResource[], loaded: LoadedTypes, changes: readonly Change[]): Change[] {
  const listed = new Set(changes.map(({ logicalId }) => logicalId))
  return standing
    .filter(({ logicalId, type }) => !listed.has(logicalId) && 'Tags' in (loaded.get(type)?.schema.properties ?? {}))
    .map(({ logicalId, type, current }) => ({
      logicalId,
      type,
      action: 'Modify',
      replacement: 'False',
      scope: ['Tags'],
      details: [
        {
          Target: { Attribute: 'Tags', RequiresRecreation: 'Never' },
          Evaluation: 'Static',
          ChangeSource: 'DirectModification',
        },
      ],
      ...(current && { physicalId: current.id }),
      because: 'the tags of the stack change',
    }))
}

/** Asked only where no resource changes, so every value is known. */
function sameOutputs(ports: Ports, scope: Scope, compiled: CompiledTemplate, journal: StackJournal): boolean {
  const live = liveScope(compiled, importValue(ports.records, scope), journal.resource)
  const plain = (outputs: unknown) => JSON.stringify(outputs)
  return plain(outputsOfStack(compiled, live)) === plain(journal.stack().outputs)
}

/** Whether an earlier update left something half done that another one should try again, or a stub of what Postern has learnt since. */
function isUnfinished(journal: StackJournal, loaded: LoadedTypes): boolean {
  const isOutgrown = ({ type, current }: StackResource) => current?.isStub === true && !loaded.get(type)?.isStub
  return journal.stack().status === 'UPDATE_FAILED' || journal.resources().some((one) => one.intended || isOutgrown(one))
}
