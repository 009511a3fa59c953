import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTemplate } from './parse.ts'
import { positionOfMember, sourceMapOf, withSources } from './position.ts'

const text = `Resources:
  A:
    Type: T
    Properties:
      a/b~c:
        - one
        - two: 2
`

describe('withSources', () => {
  it('gives a stored value the positions that it was written with', () => {
    const template = parseTemplate(text, { file: 'shop.yaml' })
    const stored = JSON.parse(JSON.stringify(template))
    const restored = withSources(stored, sourceMapOf(template))
    expect(restored).toEqual(template)
    expect(sourceMapOf(restored)).toEqual(sourceMapOf(template))
    expect(positionOfMember(restored.Resources.A.Properties['a/b~c'], 0)).toMatchObject({ file: 'shop.yaml', line: 6 })
  })

  it('leaves the value itself as it is, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(withSources(value, {}))).toBe(JSON.stringify(value))
      }),
    )
  })
})
