import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arnOwner, parameterNames, withoutEndingSlashes } from './path-text.ts'

describe('the text of a path', () => {
  it.each([
    ['/a/', '/a'],
    ['/a///', '/a'],
    ['///', ''],
    ['', ''],
    ['//a/b', '//a/b'],
  ])('%j without the slashes at its end', (path, expected) => expect(withoutEndingSlashes(path)).toBe(expected))

  it.each([
    ['/a', []],
    ['/{a}/{b+}', ['a', 'b+']],
    ['/{a/{b}', ['a/{b']],
    ['/}{a}', ['a']],
    ['/{}', ['']],
    ['/{a', []],
    ['/{a\n{b}', ['b']],
  ])('%j has the parameters %j', (path, expected) => expect(parameterNames(path)).toEqual(expected))

  it.each([
    ['path/${One.Arn}/${Two.Arn}', 'One'],
    ['${.Arn}${Two.Arn}', 'Two'],
    ['${One.Alias}', undefined],
    ['', undefined],
  ])('%j names %j', (text, expected) => expect(arnOwner(text)).toBe(expected))

  it('is read as the regular expressions would, that are too slow for it', () => {
    const text = fc
      .array(fc.constantFrom('/', '{', '}', 'a', '.Arn', '.', 'B1'), { maxLength: 12 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, (path) => {
        expect(withoutEndingSlashes(path)).toBe(path.replace(/\/+$/, ''))
        expect(parameterNames(path)).toEqual([...path.matchAll(/\{(.*?)\}/g)].map(([, name]) => name))
        expect(arnOwner(path)).toBe(/([A-Za-z0-9]+)\.Arn/.exec(path)?.[1])
      }),
    )
  })
})
