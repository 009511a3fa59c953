import { describe, expect, it } from 'vitest'
import { runtimeSubstitution, runtimeVersion } from './runtime-substitution.ts'

describe('runtimeSubstitution', () => {
  it.each([
    ['nodejs20.x', '20.19.0', undefined, 'nodejs:20.19.0'],
    [
      'nodejs22.x',
      '20.19.0',
      '`nodejs22.x` runs on Node.js 20.19.0, the one that Postern runs on',
      'nodejs:20.19.0 (in place of nodejs22.x)',
    ],
    ['nodejs22.x', '22.1.0', undefined, 'nodejs:22.1.0'],
    ['provided.al2023', '20.19.0', undefined, 'provided.al2023'],
  ])('%s on %s', (runtime, running, sentence, version) => {
    expect(runtimeSubstitution(runtime, running)).toBe(sentence)
    expect(runtimeVersion(runtime, running)).toBe(version)
  })
})
