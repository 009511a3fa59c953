import { randomBytes } from 'node:crypto'
import type { Postern } from '#app/postern.ts'
import type { Expectation, RecordedCase, RecordedStep } from './cases.ts'
import { apiClient } from './client.ts'
import { fill, type Lookup, Unresolved } from './fill.ts'
import { handlerZip } from './handler-zip.ts'
import { judge, type Outcome, sorted } from './judge.ts'
import type { Bindings } from './match.ts'
import { type Asked, must, type Session, StepFailed, until } from './session.ts'
import { kindOf, kinds } from './steps/kinds.ts'

const REGION = 'us-east-1'
/** Steps that AWS answers eventually are asked again for this long. */
const RETRY_MS = 3_000

let accounts = 0

/** What differs from the recording, by step; stops after the first difference if told so, and where nothing can follow. */
export async function play(
  recorded: RecordedCase,
  postern: Postern,
  { folder, all = true }: { folder: string; all?: boolean },
): Promise<readonly string[]> {
  const one = onNode(recorded)
  const account = String(100_000_000_000 + ++accounts)
  const results = new Map<string, unknown>()
  const endings: (() => Promise<void>)[] = []
  const given = new Map<string, unknown>([
    ['account', account],
    ['region', REGION],
    ['partition', 'aws'],
  ])
  const session: Session = {
    call: apiClient(postern.endpoint, account, REGION),
    endpoint: postern.endpoint,
    list: postern.list,
    handlers: `${folder}/handlers`,
    lookup: lookupIn(results, given),
    later: (finish) => endings.push(finish),
  }
  await prepare(one, given, session)
  let bindings: Bindings = new Map()
  const differences: string[] = []
  try {
    for (const step of one.steps) {
      const played = await playStep(step, session, { results, bindings, unorderedKeys: one.unorderedKeys })
      bindings = played.bindings
      differences.push(...played.differences.map((text) => `${step.id} ${nameOf(step)}: ${text}`))
      if (differences.length > 0 && !all) break
    }
  } catch (error) {
    // A step could not be built from what came before.
    if (!(error instanceof Unresolved) || differences.length === 0) differences.push(`${error}`)
  } finally {
    for (const finish of endings) await finish()
  }
  return differences
}

interface SoFar {
  readonly results: Map<string, unknown>
  readonly bindings: Bindings
  readonly unorderedKeys?: readonly string[] | undefined
}

async function playStep(step: RecordedStep, session: Session, { results, bindings, unorderedKeys }: SoFar) {
  const kind = kindOf(step)
  const value = fill(step[kind], session.lookup)
  const asked: Asked = {
    input: fill(step.input ?? {}, session.lookup) as Asked['input'],
    paginate: step['paginate'] === true,
    expect: step.expect ?? {},
  }
  const attempt = async () => {
    const outcome = await outcomeOf(() => kinds[kind](value as never, session, asked))
    results.set(step.id, sorted(outcome.result, step.sort))
    return judge(fill(step.expect ?? {}, session.lookup) as Expectation, outcome, bindings, unorderedKeys)
  }
  let last = await attempt()
  if (step.retry && last.differences.length > 0) {
    await until(async () => {
      last = await attempt()
      return last.differences.length === 0 ? true : undefined
    }, RETRY_MS)
  }
  return last
}

/** Calls that belong to a step are part of its outcome when they are refused. */
async function outcomeOf(run: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof StepFailed) return { error: error.failure }
    throw error
  }
}

function lookupIn(results: ReadonlyMap<string, unknown>, given: Map<string, unknown>): Lookup {
  return (name) => {
    if (/^u\d+$/.test(name) && !given.has(name)) given.set(name, `u${randomBytes(4).toString('hex').slice(1)}`)
    return given.has(name) ? given.get(name) : results.get(name)
  }
}

/** Makes what the case names and no step creates: code, and the role that functions get. */
async function prepare(one: RecordedCase, given: Map<string, unknown>, session: Session): Promise<void> {
  const text = JSON.stringify(one)
  for (const [, name = ''] of text.matchAll(/@\{(zip:[\w-]+)\}/g)) {
    if (!given.has(name)) given.set(name, await handlerZip(session.handlers, name.slice('zip:'.length)))
  }
  if (!text.includes('@{lambdaRole}') && !text.includes('"function":')) return
  const created = await must(session, 'iam.CreateRole', {
    RoleName: `lambda-${randomBytes(4).toString('hex')}`,
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }),
  })
  given.set('lambdaRole', (created as { Role: { Arn: string } }).Role.Arn)
}

/** The handlers exist for Node.js too, and it is the runtime there is. */
function onNode(one: RecordedCase): RecordedCase {
  return JSON.parse(JSON.stringify(one).replaceAll(/"python3\.\d+"/g, '"nodejs22.x"'))
}

function nameOf(step: RecordedStep): string {
  const kind = kindOf(step)
  return kind === 'call' || kind === 'wait' ? String(step[kind]) : kind
}
