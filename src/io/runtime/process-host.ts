import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { shipped } from '#kit/package-root.ts'
import type { Addresses, Blobs, Clock, Credentials, FunctionCode, FunctionHost, Ids, Logs } from '#kit/ports.ts'
import { openChildren } from './children.ts'
import { codeFolders } from './code-folders.ts'
import { startCustomProcess } from './custom-process.ts'
import { type Environment, type EnvironmentKeeper, startEnvironment } from './environment.ts'
import { environmentVariables, isNode, variablesAtStart } from './environment-variables.ts'
import { createFleet, type Fleet } from './fleet.ts'
import { functionLog, logStreamName } from './function-log.ts'
import { logBatches } from './log-batches.ts'
import { startNodeProcess } from './node-process.ts'
import { openClosedRuntimeApi, type RuntimeApi } from './runtime-api.ts'
import type { RuntimeProcess } from './runtime-process.ts'
import { type SpareProcesses, spareProcesses } from './spare-processes.ts'
import { UNPACKING } from './unpack.ts'

const runtimeRoot = shipped('runtimes/nodejs')

export interface ProcessHostOptions {
  /** Of the host's own: unpacked code, and folders for temporary files. */
  readonly directory: string
  readonly blobs: Blobs
  readonly logs: Logs
  readonly clock: Clock
  readonly ids: Ids
  readonly credentials: Pick<Credentials, 'forRole'>
  readonly addresses: Addresses
  /** For what nobody waits for, such as code that could not be unpacked beforehand. */
  readonly log?: (message: string) => void
  /** Node.js processes kept ready beforehand, once there is a function to run; 1 unless told. */
  readonly poolSize?: number
  /** How long an environment may be idle before it is ended. */
  readonly idleMs?: number
  /** Environments that short requests are spread over before they queue; the number of processors unless told. */
  readonly cores?: number
}

interface NodeSupport {
  readonly api: RuntimeApi
  readonly spares: SpareProcesses
}

/** Makes the host's folders, without what a Postern that was killed left behind in them. */
function tidy(directory: string): void {
  rmSync(join(directory, 'scratch'), { recursive: true, force: true })
  mkdirSync(join(directory, 'scratch'), { recursive: true })
  const code = join(directory, 'code')
  mkdirSync(code, { recursive: true })
  for (const name of readdirSync(code)) {
    if (name.startsWith(UNPACKING)) rmSync(join(code, name), { recursive: true, force: true })
  }
  // Node.js asks the folders above a function too what its files are; Postern's may lie in a project of modules.
  writeFileSync(join(code, 'package.json'), '{}\n')
}

export type ProcessHost = FunctionHost & { prepare(code: FunctionCode): void; stop(): Promise<void> }

/** Runs functions as child processes of this one: each environment a process with an environment, a folder and limits of its own. */
export function processHost(options: ProcessHostOptions): ProcessHost {
  const { directory, blobs, logs, clock, ids, credentials, addresses } = options
  const { log = () => {}, poolSize = 1, idleMs = 300_000, cores = Math.max(2, availableParallelism()) } = options
  const softCap = cores * 16
  tidy(directory)
  const children = openChildren()
  // Opened for the first function, so that a Postern without functions starts without them.
  let opening: Promise<NodeSupport> | undefined
  const node = () => {
    opening ??= openClosedRuntimeApi().then((api) => ({
      api,
      spares: spareProcesses({ children, size: poolSize, runtimeApi: api.address, workingDirectory: directory, clock }),
    }))
    return opening
  }

  const fleets = new Map<string, Fleet>()
  const byCode = new WeakMap<FunctionCode, Fleet>()
  /** Each with the end of its process, and of what it left on the disk. */
  const environments = new Map<Environment, Promise<void>>()
  const folderOf = codeFolders(join(directory, 'code'), blobs)
  const batches = logBatches(clock)
  let stopped = false

  const startProcess = async (code: FunctionCode): Promise<RuntimeProcess> => {
    if (!isNode(code)) return startCustomProcess(children)
    const { api, spares } = await node()
    const environment = variablesAtStart(code)
    const { memoryMegabytes } = code
    if (Object.keys(environment).length === 0) return spares.take(memoryMegabytes)
    return startNodeProcess({ children, memoryMegabytes, runtimeApi: api.address, environment, workingDirectory: directory })
  }

  const start = async (code: FunctionCode, keeper: EnvironmentKeeper): Promise<Environment> => {
    const taskRoot = await folderOf(code.package)
    if (environments.size >= softCap) for (const fleet of fleets.values()) if (fleet.yieldOne()) break
    const process = await startProcess(code)
    if (stopped) {
      process.kill()
      throw new Error('the function host has stopped')
    }
    const hex = ids.hex(32)
    const logStream = logStreamName(code.version, clock.now(), hex)
    const scratch = join(directory, 'scratch', hex)
    mkdirSync(scratch)
    const variables = environmentVariables(code, {
      taskRoot,
      scratch,
      logStream,
      runtimeRoot,
      runtimeApi: process.runtimeApi,
      credentials: credentials.forRole(code.roleArn, code.name),
      endpoint: addresses.endpoint,
    })
    const assignment = { taskRoot, handler: code.handler, environment: variables }
    const lines = functionLog(code, logStream, logs, clock, batches.add)
    const environment = startEnvironment(code, process, assignment, lines, clock, keeper)
    const ended = environment.ended.then(async () => {
      await rm(scratch, { recursive: true, force: true })
      environments.delete(environment)
    })
    ended.catch((error: Error) => log(`cannot remove ${scratch}: ${error.message}`))
    environments.set(environment, ended)
    return environment
  }

  const patience = (size: number) => {
    if (size < cores) return 0
    return environments.size < softCap ? Math.min(5 + size, 40) : 200
  }

  const fleetOf = (code: FunctionCode): Fleet => {
    const known = byCode.get(code)
    if (known && !known.isRetired()) return known
    const key = `${code.functionArn} ${code.revision}`
    const fleet = fleets.get(key) ?? createFleet(code, { clock, cores, idleMs, start, patience })
    fleets.set(key, fleet)
    byCode.set(code, fleet)
    return fleet
  }

  return {
    run(code, invocation) {
      if (stopped) return Promise.reject(new Error('the function host has stopped'))
      return fleetOf(code).run(invocation)
    },
    prepare(code) {
      if (stopped) return
      folderOf(code.package).catch((error: Error) => log(`cannot unpack the code of ${code.functionArn}: ${error.message}`))
      if (!isNode(code) || Object.keys(variablesAtStart(code)).length > 0) return
      node().then(
        ({ spares }) => spares.prepare(code.memoryMegabytes),
        (error: Error) => log(`cannot start a process beforehand: ${error.message}`),
      )
    },
    retire(functionArn) {
      for (const [key, fleet] of fleets) {
        if (fleet.code.functionArn !== functionArn) continue
        fleets.delete(key)
        fleet.retire()
      }
    },
    async stop() {
      stopped = true
      const ends = [...environments.values()]
      for (const environment of environments.keys()) environment.end()
      const support = await opening
      await Promise.all([support?.spares.stop(), ...ends])
      await children.close()
      support?.api.close()
      batches.flush()
    },
  }
}
