import { describe, expect, it } from 'vitest'
import { isAlphanumeric, json, repr, same, str, truthy, typeName } from './python.ts'
import { convertThroughout } from './python2/converted.ts'

describe('values as Python sees them', () => {
  it.each([
    [null, 'None', false, 'NoneType'],
    [true, 'True', true, 'bool'],
    [0, '0', false, 'int'],
    [1.5, '1.5', true, 'float'],
    ['', "''", false, 'str'],
    ["it's", `"it's"`, true, 'str'],
    [['A', 'B'], "['A', 'B']", true, 'list'],
    [{ name: 'tag1' }, "{'name': 'tag1'}", true, 'dict'],
    [[], '[]', false, 'list'],
    [{}, '{}', false, 'dict'],
  ])('%j prints as %s', (value, printed, isTrue, type) => {
    expect(repr(value)).toBe(printed)
    expect(truthy(value)).toBe(isTrue)
    expect(typeName(value)).toBe(type)
  })

  it('prints text bare where nothing quotes it', () => {
    expect(str('text')).toBe('text')
    expect(str(undefined)).toBe('None')
  })

  it('marks texts that count as those of Python 2, but for words', () => {
    const value = { swagger: ['a-b', 'word'], info: { Ref: 'AWS::NoValue' } }
    convertThroughout(value)
    expect(repr(value)).toBe("{'info': {'Ref': u'AWS::NoValue'}, 'swagger': [u'a-b', 'word']}")
    expect(typeName('text', value)).toBe('Py27UniStr')
  })

  it('writes JSON with sorted keys, no blanks and nothing beyond ASCII', () => {
    expect(json({ b: [1, 'ü'], a: null })).toBe('{"a":null,"b":[1,"\\u00fc"]}')
  })

  it('does not mind the order of keys', () => {
    expect(same({ a: [1], b: 2 }, { b: 2, a: [1] })).toBe(true)
    expect(same({ a: [1, 2] }, { a: [2, 1] })).toBe(false)
  })

  it('takes letters of every script, and nothing else, for alphanumeric', () => {
    expect(['prod', 'Größe', '', 'a-b', '$default'].map(isAlphanumeric)).toEqual([true, true, false, false, false])
  })
})
