import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fileLogs } from '#io/store/file-logs.ts'
import type { Logs } from '#kit/ports.ts'
import { fakeClock } from '#kit/testing/fake-clock.ts'
import { memoryLogs } from '#kit/testing/fake-ports.ts'

const directory = mkdtempSync(join(tmpdir(), 'postern-logs-'))
afterAll(async () => {
  // What was appended last is written at the end of the turn.
  await new Promise((resolve) => setImmediate(resolve))
  rmSync(directory, { recursive: true, force: true })
})

const here = { account: '111111111111', region: 'eu-west-1' }
const there = { account: '111111111111', region: 'eu-west-2' }
const group = '/aws/lambda/get entities'

let folders = 0
const implementations: Record<string, () => Logs> = {
  memory: () => memoryLogs(fakeClock().now),
  files() {
    folders += 1
    return fileLogs(join(directory, String(folders)), fakeClock())
  },
}

for (const [name, make] of Object.entries(implementations)) {
  describe(`logs contract: ${name}`, () => {
    it('answers the events of a group in order of time, filtered', () => {
      const logs = make()
      logs.append(here, group, 'one', [{ timestamp: 20, message: 'second' }])
      logs.append(here, group, 'two', [
        { timestamp: 10, message: 'first' },
        { timestamp: 30, message: 'third\nwith a second line' },
      ])
      logs.append(there, group, 'one', [{ timestamp: 5, message: 'elsewhere' }])
      const messages = (filter?: Parameters<Logs['read']>[2]) => logs.read(here, group, filter).map(({ message }) => message)
      expect(messages()).toEqual(['first', 'second', 'third\nwith a second line'])
      expect(messages({ streams: ['one'] })).toEqual(['second'])
      expect(messages({ from: 20, to: 20 })).toEqual(['second'])
      expect(messages({ limit: 1 })).toEqual(['first'])
      const [, second] = logs.read(here, group)
      expect(new Set(logs.read(here, group).map(({ id }) => id)).size).toBe(3)
      expect(logs.read(here, group, { after: second?.id ?? '' }).every(({ id }) => id > (second?.id ?? ''))).toBe(true)
    })

    it('knows each stream of a group', () => {
      const logs = make()
      logs.append(here, group, 'one', [
        { timestamp: 20, message: 'abc' },
        { timestamp: 10, message: 'de' },
      ])
      expect(logs.streams(here, group)).toMatchObject([
        { name: 'one', firstEventTimestamp: 10, lastEventTimestamp: 20, storedBytes: 5 },
      ])
      expect(logs.streams(here, 'no such group')).toEqual([])
    })

    it('forgets a stream or a group that was deleted, and can begin it again', () => {
      const logs = make()
      logs.append(here, group, 'one', [{ timestamp: 1, message: 'a' }])
      logs.append(here, group, 'two', [{ timestamp: 2, message: 'b' }])
      logs.deleteStream(here, group, 'one')
      expect(logs.read(here, group).map(({ message }) => message)).toEqual(['b'])
      logs.deleteGroup(here, group)
      expect(logs.read(here, group)).toEqual([])
      logs.append(here, group, 'one', [{ timestamp: 3, message: 'c' }])
      expect(logs.read(here, group).map(({ message }) => message)).toEqual(['c'])
    })
  })
}

describe('logs in files', () => {
  it('are there after a restart, without a line that a kill cut off', () => {
    const root = join(directory, 'restart')
    const first = fileLogs(root, fakeClock())
    first.append(here, group, 'one', [{ timestamp: 1, message: 'kept' }])
    first.flush()
    const folder = join(root, here.account, here.region, encodeURIComponent(group))
    const [segment] = readdirSync(folder)
    appendFileSync(join(folder, segment ?? ''), '["0000","one",2,2,"cut o')
    const second = fileLogs(root, fakeClock(Date.UTC(2026, 1, 1)))
    second.append(here, group, 'one', [{ timestamp: 3, message: 'later' }])
    second.flush()
    expect(second.read(here, group).map(({ message }) => message)).toEqual(['kept', 'later'])
  })

  it('stay inside their folder, whatever a group is called', () => {
    const root = join(directory, 'names')
    const logs = fileLogs(root, fakeClock())
    for (const name of ['.', '..', '../..', '...a']) logs.append(here, name, 'one', [{ timestamp: 1, message: name }])
    expect([...logs.groups(here)].sort()).toEqual(['.', '..', '...a', '../..'])
    expect(readdirSync(root)).toEqual([here.account])
    logs.deleteGroup(here, '..')
    expect([...logs.groups(here)].sort()).toEqual(['.', '...a', '../..'])
    expect(logs.read(here, '.').map(({ message }) => message)).toEqual(['.'])
  })

  it('that cannot be written are lost with one word, and go on once they can be', () => {
    const root = join(directory, 'in the way')
    writeFileSync(root, 'a file where the folder should be')
    const said: unknown[] = []
    const logs = fileLogs(root, fakeClock(), (error) => said.push(error))
    for (const message of ['lost', 'lost too']) {
      logs.append(here, group, 'one', [{ timestamp: 1, message }])
      logs.flush()
    }
    expect(said).toHaveLength(1)
    rmSync(root)
    logs.append(here, group, 'one', [{ timestamp: 2, message: 'kept' }])
    logs.flush()
    expect(logs.read(here, group).map(({ message }) => message)).toEqual(['kept'])
    rmSync(root, { recursive: true })
    logs.append(here, group, 'one', [{ timestamp: 3, message: 'lost with its folder' }])
    logs.flush()
    logs.append(here, group, 'one', [{ timestamp: 4, message: 'in a new one' }])
    logs.flush()
    expect(logs.read(here, group).map(({ message }) => message)).toEqual(['in a new one'])
    expect(said).toHaveLength(2)
  })
})
