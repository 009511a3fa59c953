import { AwsError } from '#core/aws/aws-error.ts'
import { changeSets, type StackStatus, stackNames } from '#kit/stacks.ts'
import { bringBack, markAdded } from './bring-back.ts'
import { bringForward } from './bring-forward.ts'
import { checkAttributes } from './check-attributes.ts'
import { cleanUp } from './clean-up.ts'
import { type CompiledTemplate, compile } from './compile.ts'
import type { Run } from './context.ts'
import { deleteAll } from './delete-all.ts'
import { holdImports, publishExports, releaseImports, withdrawExports } from './exports.ts'
import { failedTo, rollingBack } from './reasons.ts'
import { discardTemplate, rest } from './rest.ts'
import { readRevision } from './revision-template.ts'
import { importsOf, importValue, liveScope, outputsOfStack } from './stack-values.ts'

type Step = (run: Run) => Promise<void>

/**
 * What is to be done to a stack in each status that is not at rest. Each step ends by entering the next status, so a stack can be
 * carried on from its record alone.
 */
export const steps: Partial<Record<StackStatus, Step>> = {
  CREATE_IN_PROGRESS: create,
  ROLLBACK_IN_PROGRESS: rollBackCreation,
  UPDATE_IN_PROGRESS: update,
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: finishUpdate,
  UPDATE_ROLLBACK_IN_PROGRESS: rollBackUpdate,
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: finishRollback,
  DELETE_IN_PROGRESS: remove,
}

async function create(run: Run): Promise<void> {
  const problem = await deploy(run, () => rest(run, 'CREATE_COMPLETE'))
  if (problem !== undefined) creationFailed(run, problem)
}

/** What follows a failed creation, as its caller wished. */
function creationFailed(run: Run, problem: string): void {
  const { operation } = run.journal.stack()
  const wish = operation?.kind === 'create' ? operation.onFailure : 'ROLLBACK'
  if (wish === 'DO_NOTHING') rest(run, 'CREATE_FAILED', problem)
  else if (wish === 'DELETE') run.journal.enter('DELETE_IN_PROGRESS', rollingBack(problem), { deletedAt: now(run) })
  else run.journal.enter('ROLLBACK_IN_PROGRESS', rollingBack(problem), { deletedAt: now(run) })
}

async function update(run: Run): Promise<void> {
  const problem = await deploy(run, () => beginCleanUp(run))
  if (problem !== undefined) updateFailed(run, problem)
}

function beginCleanUp({ journal, compiled }: Run): void {
  for (const resource of journal.resources()) {
    if (!compiled?.graph.has(resource.logicalId)) journal.keep({ ...resource, touched: 'removed' })
  }
  journal.enter('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')
}

function updateFailed(run: Run, problem: string): void {
  const { operation, previous, revision } = run.journal.stack()
  if (operation?.kind === 'update' && operation.disableRollback) {
    rest(run, 'UPDATE_FAILED', problem)
    return
  }
  run.journal.enter('UPDATE_ROLLBACK_IN_PROGRESS', problem, { revision: previous ?? revision, previous: undefined })
  discardTemplate(run, revision)
}

/**
 * Answers what went wrong, in the words of the stack's event, or nothing where all went well.
 *
 * @param conclude runs in the turn that publishes the outputs: from then on there is no way back
 */
async function deploy(run: Run, conclude: () => void): Promise<string | undefined> {
  const { ports, scope } = run
  try {
    const compiled = run.compiled ?? compiledRevision(run)
    run.compiled = compiled
    checkAttributes(compiled, run.types)
    const imports = importsOf(compiled, importValue(ports.records, scope))
    hold(run, imports)
    await bringForward(run, compiled)
    if (run.failed.length > 0) return failures(run)
    if (run.stopReason !== undefined) return run.stopReason
    publish(run, compiled)
    releaseOthers(run, imports)
    conclude()
    return undefined
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return error.message
  }
}

export function compiledRevision({ journal, ports, scope, templates: reader }: Run): CompiledTemplate {
  const { id, name, revision } = journal.stack()
  if (!revision) throw new Error(`no revision of stack ${id}`)
  if (revision.failedTransform !== undefined) throw new AwsError('ValidationError', revision.failedTransform)
  const stack = { stackId: id, stackName: name, notificationArns: revision.notificationArns }
  const read = readRevision(revision, scope, ports, reader)
  return compile(reader.expand(read, scope, stack), read.parameters, scope, stack)
}

/** AWS tells apart what failed to come into being and what failed to change. */
function failures({ failed, journal }: Run): string {
  const created = failed.filter((logicalId) => journal.resource(logicalId)?.status === 'CREATE_FAILED')
  const updated = failed.filter((logicalId) => !created.includes(logicalId))
  return `${created.length > 0 ? failedTo('create', created) : ''}${updated.length > 0 ? failedTo('update', updated) : ''}`
}

/** The stack relies on these exports from now on, and, until the update is certain, still on those of the previous revision. */
function hold({ journal, ports, scope }: Run, imports: readonly string[]): void {
  const { revision, imports: held } = journal.stack()
  holdImports(ports.records, scope, journal.stackId, imports)
  journal.amend({ imports: [...new Set([...held, ...imports])], revision: revision && { ...revision, imports } })
}

function releaseOthers({ journal, ports, scope }: Run, imports: readonly string[]): void {
  const needless = journal.stack().imports.filter((name) => !imports.includes(name))
  releaseImports(ports.records, scope, journal.stackId, needless)
  journal.amend({ imports })
}

function publish(run: Run, compiled: CompiledTemplate): void {
  const { journal, ports, scope } = run
  const outputs = outputsOfStack(compiled, liveScope(compiled, importValue(ports.records, scope), journal.resource))
  publishExports(ports.records, scope, journal.stack(), outputs)
  journal.amend({ outputs })
}

async function finishUpdate(run: Run): Promise<void> {
  await cleanUp(run, 'deletion')
  rest(run, 'UPDATE_COMPLETE')
}

async function rollBackUpdate(run: Run): Promise<void> {
  const { operation } = run.journal.stack()
  const failed = await bringBack(run, operation?.kind === 'rollback' ? operation.skip : [])
  if (failed.length > 0) return rest(run, 'UPDATE_ROLLBACK_FAILED', failedTo('update', failed))
  markAdded(run)
  run.journal.enter('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS')
}

async function finishRollback(run: Run): Promise<void> {
  await cleanUp(run, 'rollback')
  releaseOthers(run, run.journal.stack().revision?.imports ?? [])
  rest(run, 'UPDATE_ROLLBACK_COMPLETE')
}

async function rollBackCreation(run: Run): Promise<void> {
  const failed = await deleteAll(run, 'rollback')
  if (failed.length > 0) return rest(run, 'ROLLBACK_FAILED', failedTo('delete', failed))
  releaseOthers(run, [])
  rest(run, 'ROLLBACK_COMPLETE')
}

async function remove(run: Run): Promise<void> {
  const { journal, ports, scope } = run
  const stack = journal.stack()
  const { operation } = stack
  const refusal = withdrawExports(ports.records, scope, stack)
  if (refusal !== undefined && operation?.kind === 'delete') {
    return rest(run, operation.from.status, refusal, { deletedAt: undefined })
  }
  const failed = await deleteAll(run, 'deletion', operation?.kind === 'delete' ? operation.retain : [])
  if (failed.length > 0) return rest(run, 'DELETE_FAILED', failedTo('delete', failed))
  releaseOthers(run, [])
  for (const id of stack.changeSetIds) ports.records.delete(changeSets, scope, id)
  if (ports.records.get(stackNames, scope, stack.name) === stack.id) ports.records.delete(stackNames, scope, stack.name)
  rest(run, 'DELETE_COMPLETE', undefined, { changeSetId: undefined, changeSetIds: [] })
}

const now = ({ ports }: Run) => ports.clock.now()
