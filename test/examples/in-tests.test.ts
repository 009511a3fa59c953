import { describe, expect, it } from 'vitest'
import { ROOT, run } from '../e2e/harness.ts'

describe('examples/in-tests', () => {
  it('passes as it stands, under node --test', async () => {
    // Inside vitest, node:test would take itself for a child of another runner and report nothing.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const { code, stdout } = await run(
      process.execPath,
      ['--test', '--test-reporter=tap', 'examples/in-tests/entities.test.mjs'],
      {
        cwd: ROOT,
        env,
      },
    )
    expect(stdout).toMatch(/^# pass 3$/m)
    expect(stdout).toMatch(/^# fail 0$/m)
    expect(code).toBe(0)
  })
})
