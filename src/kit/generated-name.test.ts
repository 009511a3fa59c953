import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generatedName } from './generated-name.ts'
import { seededIds } from './ids.ts'

const name = fc.string({ minLength: 1, maxLength: 128, unit: fc.constantFrom(...'abcXYZ019') })

test('a short name keeps stack and logical id whole', () => {
  expect(generatedName({ stackName: 'entities', logicalId: 'Role', limit: 64 }, seededIds(1))).toMatch(
    /^entities-Role-[A-Z0-9]{12}$/,
  )
})

test('a name never passes the limit, uses it when it must shorten, and keeps the start of both parts', () => {
  fc.assert(
    fc.property(name, name, fc.integer({ min: 30, max: 255 }), fc.nat(), (stackName, logicalId, limit, seed) => {
      const generated = generatedName({ stackName, logicalId, limit }, seededIds(seed))
      expect(generated.length).toBe(Math.min(limit, stackName.length + logicalId.length + 14))
      const [stack = '', logical = ''] = generated.split('-')
      expect(stackName.startsWith(stack) && logicalId.startsWith(logical)).toBe(true)
      expect(Math.min(stack.length, logical.length)).toBeGreaterThan(0)
    }),
  )
})
