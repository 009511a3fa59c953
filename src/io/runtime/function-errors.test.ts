import { describe, expect, it } from 'vitest'
import { exited, timedOut } from './function-errors.ts'
import { logStreamName, reportLine } from './function-log.ts'

const shown = (payload: Uint8Array) => JSON.parse(Buffer.from(payload).toString())

describe('a process that failed', () => {
  it.each([
    [0, null, 'without providing a reason'],
    [1, null, 'with error: exit status 1'],
    [127, null, 'with error: exit status 127'],
    [null, 'SIGKILL', 'with error: signal: killed'],
    [null, 'SIGABRT', 'with error: signal: aborted'],
    [null, 'SIGSEGV', 'with error: signal: segmentation fault'],
  ] as const)('with status %s and signal %s is told as Lambda tells it', (code, signal, text) => {
    const { payload, line } = exited('id', { code, signal })
    const errorMessage = `RequestId: id Error: Runtime exited ${text}`
    expect(shown(payload)).toEqual({ errorType: 'Runtime.ExitError', errorMessage })
    expect(line).toBe(`${errorMessage}\nRuntime.ExitError\n`)
  })

  it('by taking too long', () => {
    const { payload, line } = timedOut('id', 3, Date.UTC(2026, 0, 2))
    expect(shown(payload)).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: id Error: Task timed out after 3.00 seconds',
    })
    expect(line).toBe('2026-01-02T00:00:00.000Z id Task timed out after 3.00 seconds\n\n')
  })
})

describe('the lines of a log', () => {
  it.each([
    [
      { durationMs: 3.014, memoryUsed: 36, initMs: 110.1 },
      'Duration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 110.10 ms',
    ],
    [{ durationMs: 0.2 }, 'Duration: 0.20 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB'],
    [
      { durationMs: 1000, memoryUsed: 40, status: 'timeout' as const },
      'Duration: 1000.00 ms\tBilled Duration: 1000 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\tStatus: timeout',
    ],
  ])('report %j', (report, line) => {
    expect(reportLine({ requestId: 'id', ...report }, 128)).toBe(`REPORT RequestId: id\t${line}\t\n`)
  })

  it('go to a stream named after day and version', () => {
    expect(logStreamName('$LATEST', Date.UTC(2026, 0, 2, 23, 59), 'abc')).toBe('2026/01/02/[$LATEST]abc')
  })
})
