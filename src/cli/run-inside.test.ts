import { afterEach, describe, expect, it } from 'vitest'
import { CommandFailed } from './exit.ts'
import { runInside } from './run-inside.ts'

const never = new Promise<void>(() => {})
const sh = (script: string, options: { interactive?: boolean; gone?: Promise<void> } = {}) =>
  runInside(['sh', '-c', script], {
    environment: { ...process.env, PARENT: String(process.pid) },
    gone: never,
    interactive: false,
    ...options,
  })
/** Tells this process that the command is ready to be sent signals: itself by a signal, which nothing else here uses. */
const READY = 'kill -WINCH $PARENT'
const ready = () => new Promise<void>((resolve) => process.once('SIGWINCH', () => resolve()))

const SIGNALS = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'] as const
afterEach(() => {
  expect(SIGNALS.flatMap((signal) => process.listeners(signal).filter(({ name }) => name === 'listener'))).toEqual([])
})

describe('a command', () => {
  it.each([
    ['that succeeds', 'exit 0', 0],
    ['that fails', 'exit 7', 7],
    ['that a signal ends', 'kill -TERM $$', 143],
    ['that is killed', 'kill -KILL $$', 137],
    ['with variables of its own', 'test -n "$PARENT"', 0],
  ])('%s', async (_what, script, code) => {
    expect(await sh(script)).toBe(code)
  })

  it.each([
    ['SIGTERM', 'TERM', 21],
    ['SIGHUP', 'HUP', 22],
    ['SIGINT', 'INT', 23],
  ] as const)('hears %s', async (signal, name, code) => {
    const hears = ready()
    const ended = sh(`trap 'exit ${code}' ${name}; ${READY}; while :; do sleep 0.05; done`)
    await hears
    process.emit(signal)
    expect(await ended).toBe(code)
  })

  it('hears Ctrl-C from the terminal alone', async () => {
    const hears = ready()
    const ended = sh(`trap 'exit 23' INT; trap 'exit 21' TERM; ${READY}; while :; do sleep 0.05; done`, { interactive: true })
    await hears
    process.emit('SIGINT')
    process.emit('SIGTERM')
    expect(await ended).toBe(21)
  })

  it('ends with what it runs in', async () => {
    const hears = ready()
    const gone = hears.then(() => {})
    await expect(sh(`${READY}; exec sleep 1000`, { gone })).rejects.toThrow('the network that the command ran in is gone')
  })

  it('that does not exist is told', async () => {
    const running = { environment: process.env, gone: never, interactive: false }
    await expect(runInside(['/no/such/program'], running)).rejects.toThrow(CommandFailed)
  })
})
