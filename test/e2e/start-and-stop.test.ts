import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXAMPLE, http, POSTERN, postern, type Running, removeFolder, run, temporaryFolder, up } from './harness.ts'

const STACK_TRACE = /^\s+at .*:\d+:\d+\)?$/m
let folder: string

beforeAll(() => {
  folder = temporaryFolder()
})
afterAll(() => removeFolder(folder))

function newFolder(name: string): string {
  const path = join(folder, name)
  mkdirSync(path)
  return path
}

const network = (running: Running) => postern(running, ['deploy', '-t', join(EXAMPLE, 'network.yaml'), '--stack-name', 'network'])

/** Deploys one function, `f`, with this code. */
async function deployFunction(running: Running, code: string): Promise<void> {
  const template = join(running.dataDirectory, '..', 'function.yaml')
  const properties = { FunctionName: 'f', Runtime: 'nodejs22.x', Handler: 'index.handler', InlineCode: code, Timeout: 20 }
  const resource = { Type: 'AWS::Serverless::Function', Properties: properties }
  writeFileSync(template, JSON.stringify({ Transform: 'AWS::Serverless-2016-10-31', Resources: { F: resource } }))
  const deployed = await postern(running, ['deploy', '-t', template, '--stack-name', 'f', '--capabilities', 'CAPABILITY_IAM'])
  expect(deployed, deployed.stderr).toMatchObject({ code: 0 })
}

/** Asked for by `ps` itself, so that a process which has ended but was not yet asked for does not count. */
function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=,stat=', '--ppid', String(pid)], { encoding: 'utf8' })
  const lines = stdout.split('\n').filter((line) => line.trim() !== '' && !/\sZ/.test(line))
  return lines.map((line) => Number.parseInt(line, 10))
}

async function until(holds: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 500 && !holds(); attempt += 1) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(holds()).toBe(true)
}

const isRunning = (pid: number) =>
  existsSync(`/proc/${pid}/status`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))

describe('a start that fails', () => {
  it.each([
    [
      'a file that is no database',
      (data: string) => writeFileSync(join(data, 'postern.db'), Buffer.alloc(9_000, 'no')),
      'damaged',
    ],
    ['a folder where the database should be', (data: string) => mkdirSync(join(data, 'postern.db')), 'EISDIR'],
    ['a file where a folder should be', (data: string) => writeFileSync(join(data, 'functions'), ''), 'EEXIST'],
  ])('over %s says so, with the next step', async (what, prepare, said) => {
    const data = newFolder(what)
    prepare(data)
    const { code, stdout, stderr } = await run(process.execPath, [POSTERN, 'up', '--port', '0', '--data-dir', data])
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain(said)
    expect(stderr).toContain('--data-dir')
    expect(stderr).not.toMatch(STACK_TRACE)
  })

  it('because another was a moment faster leaves one running', async () => {
    const data = newFolder('race')
    const started = await Promise.allSettled([up(data), up(data), up(data)])
    const winners = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(winners).toHaveLength(1)
    for (const one of started) if (one.status === 'rejected') expect(String(one.reason)).toMatch(/ended with 3[\s\S]*in use/)
    expect(await winners[0]?.stop()).toBe(0)
  })

  it('never follows from a Postern that was killed', async () => {
    const data = newFolder('killed')
    await (await up(data)).kill()
    const again = await up(data)
    expect(await again.stop()).toBe(0)
    expect(readdirSync(data)).not.toContain('owner.json')
  })
})

describe('an end', () => {
  it('asked for in the middle of a deployment and of a request is clean, and leaves no process', async () => {
    const running = await up(newFolder('busy'))
    await deployFunction(running, 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 20000))')
    const asking = postern(running, ['invoke', 'f'])
    const deploying = network(running)
    await until(() => childrenOf(running.pid).length > 0)
    const children = childrenOf(running.pid)
    expect(await running.stop()).toBe(0)
    expect(children.filter(isRunning)).toEqual([])
    expect(running.log()).not.toMatch(STACK_TRACE)
    for (const { stderr } of await Promise.all([asking, deploying])) expect(stderr).not.toMatch(STACK_TRACE)
  })

  it('by kill -9 ends functions too, even in an endless loop', async () => {
    const running = await up(newFolder('loop'))
    await deployFunction(running, 'exports.handler = async () => { console.log("begun"); for (;;); }')
    const asking = postern(running, ['invoke', 'f'])
    const log = () => postern(running, ['logs', 'f'])
    while (!(await log()).stdout.includes('begun')) await new Promise((resolve) => setImmediate(resolve))
    const children = childrenOf(running.pid)
    expect(children.length).toBeGreaterThan(0)
    await running.kill()
    await asking
    await until(() => !children.some(isRunning))
  })
})

describe('what is taken away while it runs', () => {
  it('the data directory: requests are still answered, and the end says what is lost', async () => {
    const data = join(newFolder('removed'), 'data')
    mkdirSync(data)
    const running = await up(data)
    await deployFunction(running, 'exports.handler = async () => { console.log("line"); return 1 }')
    expect(await postern(running, ['invoke', 'f'])).toMatchObject({ code: 0, stdout: '1\n' })
    rmSync(data, { recursive: true, force: true })
    await postern(running, ['invoke', 'f'])
    expect(await postern(running, ['list'])).toMatchObject({ code: 0 })
    expect(await running.stop()).toBe(1)
    expect(running.log()).toContain('could not be closed')
    expect(running.log()).not.toMatch(STACK_TRACE)
  })

  const small = () => join(folder, 'small-disk')
  const mounted = () => {
    mkdirSync(small(), { recursive: true })
    return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', small()]).status === 0
  }

  it('room on the disk: what cannot be stored is refused, and works again once there is room', async ({ skip }) => {
    if (process.platform !== 'linux' || !mounted()) skip('only root can mount a disk that is full')
    try {
      const running = await up(small())
      const { bavail, bsize } = statfsSync(small())
      const filler = join(small(), 'filler')
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - 8_192)))
      expect(await network(running)).toMatchObject({ code: 1, stderr: expect.stringMatching(/full|no space/i) })
      expect((await http(running.endpoint, { path: '/_postern/api/about' })).status).toBe(200)
      rmSync(filler)
      expect(await network(running)).toMatchObject({ code: 0 })
      await running.kill()
      const again = await up(small())
      expect((await postern(again, ['list'])).stdout).toMatch(/network\s+CREATE_COMPLETE/)
      expect(await again.stop()).toBe(0)
    } finally {
      execFileSync('umount', ['-l', small()])
    }
  })

  it('whoever reads the output: a command ends as it would have', async ({ skip }) => {
    if (process.platform === 'win32') skip('pipes end otherwise there')
    const running = await up(newFolder('pipes'))
    const list = `"${process.execPath}" "${POSTERN}" list --json --endpoint ${running.endpoint}`
    const { stdout, stderr } = spawnSync('/bin/sh', ['-c', `{ ${list}; echo "code $?" >&2; } | true`], { encoding: 'utf8' })
    expect([stdout, stderr]).toEqual(['', 'code 0\n'])
    expect(await running.stop()).toBe(0)
  })
})
