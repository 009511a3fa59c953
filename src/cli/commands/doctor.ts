import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { createServer } from 'node:net'
import { namespaceAvailability } from '#io/netns/availability.ts'
import { type ConnectionOptions, connect } from '../client.ts'
import { EXIT } from '../exit.ts'
import { green, print, printJson, red, yellow } from '../terminal.ts'

interface Finding {
  /** `bad` keeps Postern itself from working; `missing` only the feature that is named. */
  readonly verdict: 'ok' | 'missing' | 'bad'
  readonly what: string
  readonly detail: string
  readonly mend?: string
}

export async function doctor(options: ConnectionOptions & { json?: boolean }): Promise<number> {
  const findings = [nodeVersion(), ...(await ports(options)), workingFolder(), awsCli(), curl(), namespaces()]
  if (options.json) printJson(findings)
  else for (const finding of findings) print(asLine(finding))
  return findings.some(({ verdict }) => verdict === 'bad') ? EXIT.cannotRun : EXIT.ok
}

function asLine({ verdict, what, detail, mend }: Finding): string {
  const mark = { ok: green('✓'), missing: yellow('!'), bad: red('✗') }[verdict]
  return `${mark} ${what}: ${detail}${mend ? `\n    ${mend}` : ''}`
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const enough = major > 20 || (major === 20 && minor >= 19)
  return {
    verdict: enough ? 'ok' : 'bad',
    what: 'Node.js',
    detail: `${process.versions.node}; functions run on it, whatever nodejs runtime their template names`,
    ...(!enough && { mend: 'install Node.js 20.19 or later' }),
  }
}

async function ports(options: ConnectionOptions): Promise<Finding[]> {
  const client = connect(options)
  const url = new URL(client.endpoint)
  try {
    const { pid, version, dataDirectory } = await client.get<{ pid: number; version: string; dataDirectory: string }>('about')
    return [
      { verdict: 'ok', what: 'Postern', detail: `${version} runs at ${client.endpoint} (pid ${pid}, data in ${dataDirectory})` },
    ]
  } catch (error) {
    const free = await isFree(Number(url.port || 80))
    return [
      {
        verdict: free ? 'ok' : 'bad',
        what: 'Postern',
        detail: free
          ? `not running; port ${url.port} is free`
          : `port ${url.port} is taken by something else (${error instanceof Error ? error.message : error})`,
        mend: free ? 'start it with `postern up`' : 'stop what listens there, or use `postern up --port 0`',
      },
    ]
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

function workingFolder(): Finding {
  try {
    accessSync('.', constants.W_OK)
    return { verdict: 'ok', what: 'data directory', detail: '.postern can be kept here' }
  } catch {
    return {
      verdict: 'bad',
      what: 'data directory',
      detail: 'this folder is not writable',
      mend: 'use `postern up --data-dir FOLDER` or `--ephemeral`',
    }
  }
}

/** The first versions that read `AWS_ENDPOINT_URL`: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function awsCli(): Finding {
  const { stdout, error } = spawnSync('aws', ['--version'], { encoding: 'utf8', env: { ...process.env, AWS_PAGER: '' } })
  const [, version] = /aws-cli\/(\d+\.\d+\.\d+)/.exec(stdout ?? '') ?? []
  if (error || !version) {
    return {
      verdict: 'missing',
      what: 'aws CLI',
      detail: 'not found; Postern does not need it',
      mend: 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html',
    }
  }
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const readsVariable = major > 2 || (major === 2 && minor >= 13) || (major === 1 && minor >= 29)
  return {
    verdict: readsVariable ? 'ok' : 'missing',
    what: 'aws CLI',
    detail: `${version}${readsVariable ? '' : ' does not read AWS_ENDPOINT_URL'}`,
    ...(!readsVariable && { mend: 'give it `--endpoint-url`, or install 1.29, 2.13 or later' }),
  }
}

function curl(): Finding {
  const { stdout, error } = spawnSync('curl', ['--version'], { encoding: 'utf8' })
  if (error)
    return {
      verdict: 'missing',
      what: 'curl',
      detail: 'not found; the lines that `list` and `deploy` print are for it',
      mend: 'install it with your package manager',
    }
  return { verdict: 'ok', what: 'curl', detail: stdout.split('\n')[0] ?? '' }
}

function namespaces(): Finding {
  const what = 'network namespaces'
  const found = namespaceAvailability()
  if (!found.available) return { verdict: 'missing', what, detail: `not to be had: ${found.because}`, mend: found.mend }
  return { verdict: 'ok', what, detail: found.as === 'root' ? 'can be made, as root' : 'can be made, in a user namespace' }
}
