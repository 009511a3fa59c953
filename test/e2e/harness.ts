import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const POSTERN = join(ROOT, 'bin/postern.mjs')
export const EXAMPLE = join(ROOT, 'examples/entities')

/** A real `postern up` in a process of its own. */
export interface Running {
  readonly endpoint: string
  /** Where it answers names, if it was asked to. */
  readonly dns?: string
  /** The certificate file, unless it is an ephemeral one. */
  readonly ca?: string
  readonly pid: number
  readonly dataDirectory: string
  /** Everything it wrote to stderr so far. */
  log(): string
  /** Asks it to end, as Ctrl-C does, and answers its exit code. */
  stop(): Promise<number | null>
  /** `kill -9`, waiting until it is gone. */
  kill(): Promise<void>
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'postern-e2e-'))
}

export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5 })
}

/** Starts one on a free port and waits for its ready line. */
export async function up(dataDirectory: string, ...args: string[]): Promise<Running> {
  const child = spawn(process.execPath, [POSTERN, 'up', '--port', '0', '--data-dir', dataDirectory, ...args], {
    cwd: dataDirectory,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  const ready = await firstLine(child, () => log)
  const { endpoint, dns, ca, pid } = JSON.parse(ready.replace(/^postern ready /, ''))
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    endpoint,
    ...(dns !== undefined && { dns }),
    ...(ca !== undefined && { ca }),
    pid,
    dataDirectory,
    log: () => log,
    stop() {
      child.kill('SIGTERM')
      return gone
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}

function firstLine(child: ChildProcess, log: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
    child.once('exit', (code) => reject(new Error(`postern up ended with ${code} before it was ready:\n${log()}`)))
  })
}

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end; a non-zero exit is an answer, not an error. */
export async function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, { maxBuffer: 64 * 1024 * 1024, ...options })
    return { code: 0, stdout, stderr }
  } catch (error) {
    const failed = error as { code?: number | string; stdout?: string; stderr?: string }
    if (typeof failed.code !== 'number') throw error
    return { code: failed.code, stdout: failed.stdout ?? '', stderr: failed.stderr ?? '' }
  }
}

/** A postern command against a running one. */
export function postern(running: Running, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return run(process.execPath, [POSTERN, ...args], {
    env: { ...process.env, POSTERN_ENDPOINT: running.endpoint, NO_COLOR: '1', ...env },
  })
}

export const awsVersion: string | undefined = /aws-cli\/(\S+)/.exec(
  spawnSync('aws', ['--version'], { encoding: 'utf8' }).stdout ?? '',
)?.[1]

/** Debian's 2.9.19 neither reads `AWS_ENDPOINT_URL` nor packages against another endpoint. */
export const awsCanPackage: boolean = (() => {
  const [major = 0, minor = 0] = (awsVersion ?? '0.0').split('.').map(Number)
  return major > 2 || (major === 2 && minor >= 13) || (major === 1 && minor >= 29)
})()

export interface Identity {
  readonly account: string
  readonly region: string
}

/** The real aws CLI, as this account in this region. */
export function aws(running: Running, { account, region }: Identity, args: readonly string[], cwd?: string): Promise<Ran> {
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: running.dataDirectory,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: running.endpoint,
    AWS_PAGER: '',
    AWS_EC2_METADATA_DISABLED: 'true',
    PYENV_VERSION: process.env['PYENV_VERSION'],
  }
  return run('aws', [...args, '--endpoint-url', running.endpoint], { env, ...(cwd && { cwd }) })
}

/** The same, for calls that must succeed; answers what was printed, as JSON where it is JSON. */
export async function awsJson<T>(running: Running, who: Identity, args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await aws(running, who, [...args, '--output', 'json'])
  if (code !== 0) throw new Error(`aws ${args.join(' ')} ended with ${code}: ${stderr}`)
  return (stdout.trim() === '' ? undefined : JSON.parse(stdout)) as T
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** One HTTP request on a connection of its own, with exactly these headers besides Host and Connection. */
export function http(
  url: string,
  {
    method = 'GET',
    path,
    headers = {},
    body,
  }: { method?: string; path: string; headers?: Record<string, string>; body?: string | Buffer },
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(url), { method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }),
      )
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
