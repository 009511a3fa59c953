import { describe, expect, it } from 'vitest'
import type { FunctionCode } from '#kit/ports.ts'
import { fakeClock } from '#kit/testing/fake-clock.ts'
import { memoryLogs } from '#kit/testing/fake-ports.ts'
import { functionLog } from './function-log.ts'

const scope = { account: '111122223333', region: 'eu-central-1' }
const code = { scope, logGroup: '/aws/lambda/f', version: '$LATEST', runtime: 'nodejs22.x', memoryMegabytes: 128 } as FunctionCode

function opened() {
  const clock = fakeClock()
  const logs = memoryLogs(clock.now)
  const log = functionLog(code, 'stream', logs, clock, () => {})
  const messages = () => {
    log.flush()
    return logs.read(scope, code.logGroup).map(({ message }) => message)
  }
  return { log, messages }
}

describe('what a process prints', () => {
  it.each([
    ['in one piece', ['one\ntwo\nthr', 'ee\n'], ['one\n', 'two\n', 'three\n']],
    ['cut anywhere', ['o', 'ne', '\n', '\n', 'two\n'], ['one\n', '\n', 'two\n']],
    ['without an end', ['one\ntw', 'o'], ['one\n']],
  ])('becomes an event a line: %s', (_how, texts, expected) => {
    const { log, messages } = opened()
    for (const text of texts) log.printed(text)
    expect(messages()).toEqual(expected)
  })

  it('without any line end becomes events of bounded length, and is never held in memory', () => {
    const { log, messages } = opened()
    const chunk = 'x'.repeat(65_536)
    for (let count = 0; count < 1_600; count += 1) log.printed(chunk)
    const events = messages()
    expect(events.every(({ length }) => length === 262_144)).toBe(true)
    expect(events.join('')).toHaveLength(1_600 * 65_536)
  })
})
