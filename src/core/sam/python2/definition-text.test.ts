import { describe, expect, it } from 'vitest'
import type { ValueMap } from '../../template/value.ts'
import { convertThroughout } from './converted.ts'
import { definitionText, numberRepr, spacedJson } from './definition-text.ts'
import { beforeChange, closeEdit, madeNow, openEdit, removeMember } from './history.ts'
import { mergedFrom } from './key-order.ts'
import { inWrittenOrder, own, setOwn } from './own-words.ts'
import { unicodeRepr } from './unicode-repr.ts'

describe('a text of the template', () => {
  it.each([
    ["it's", `u"it's"`],
    ['say "hi"', `u'say "hi"'`],
    [`it's "x"`, `u'it\\'s "x"'`],
    ['a\\b\n\té😀', `u'a\\\\b\\n\\t\\xe9\\U0001f600'`],
  ])('%j prints as Python 2 prints it', (text, expected) => {
    expect(unicodeRepr(text)).toBe(expected)
  })
})

describe('a number', () => {
  it.each([
    [3, undefined, '3'],
    [3, '3.0', '3.0'],
    [0.1, undefined, '0.1'],
    [-2.5, undefined, '-2.5'],
    [1e15, '1e15', '1000000000000000.0'],
    [1e16, '1e16', '1e+16'],
    [0.0001, undefined, '0.0001'],
    [0.00001, undefined, '1e-05'],
    [2 ** 63, '9223372036854775807', '9223372036854775807'],
    [2 ** 63, '9223372036854775808', '9223372036854775808L'],
  ])('%j, written %j, prints as %s', (value, written, expected) => {
    expect(numberRepr(value, written)).toBe(expected)
  })
})

describe('a definition', () => {
  it('tells the words of the template from those of SAM', () => {
    const definition = own({ swagger: '2.0', info: { title: 'x' } })
    setOwn(definition, 'role', 'r', { text: false })
    expect(definitionText(definition)).toBe("{'info': {u'title': u'x'}, 'swagger': '2.0', 'role': u'r'}")
  })

  it('keeps the words of a key that was there', () => {
    const definition: ValueMap = { Version: '2008-10-17' }
    setOwn(definition, 'Version', '2012-10-17')
    expect(definitionText(definition)).toBe("{u'Version': '2012-10-17'}")
  })

  it('prints values that are no text', () => {
    expect(definitionText({ a: [true, null, 1.5, ['x']] })).toBe("{u'a': [True, None, 1.5, [u'x']]}")
  })

  it('keeps the order of a dict of Python 3', () => {
    expect(definitionText(inWrittenOrder({ swagger: 1, info: 2 }))).toBe("{u'swagger': 1, u'info': 2}")
  })

  it.each([
    [0, "{u'/i': 1, u'/a': 1}"],
    [1, "{u'/i': 1, u'/a': 1}"],
  ])('is copied twice in each edit, %d of them', (edits, expected) => {
    const definition: ValueMap = { '/a': 1, '/i': 1 }
    for (let edit = 0; edit < edits; edit += 1) openEdit(definition)
    expect(definitionText(definition)).toBe(expected)
  })

  it('counts the copies from when a key came', () => {
    const definition: ValueMap = { '/a': 1 }
    openEdit(definition)
    definition['/i'] = 1
    expect(definitionText(definition)).toBe("{u'/a': 1, u'/i': 1}")
  })

  it('counts them anew for what takes the place of another', () => {
    const definition: ValueMap = { key: {} }
    const made: ValueMap = { '/a': 1, '/i': 1 }
    openEdit(definition)
    madeNow(definition, made)
    definition['key'] = made
    expect(definitionText(definition)).toBe("{u'key': {u'/a': 1, u'/i': 1}}")
  })

  it('knows of keys that went away', () => {
    const definition: ValueMap = { b: 1, j: 1 }
    openEdit(definition)
    closeEdit(definition)
    removeMember(definition, definition, 'b')
    beforeChange(definition, definition)
    definition['r'] = 1
    expect(definitionText(definition)).toBe("{u'r': 1, u'j': 1}")
  })

  it('knows of keys that came after it was asked for its order', () => {
    const map: ValueMap = { b: 1, j: 1 }
    removeMember(map, map, 'b')
    expect(definitionText(map)).toBe("{u'j': 1}")
    map['r'] = 1
    expect(definitionText(map)).toBe("{u'r': 1, u'j': 1}")
  })

  it('begins with a copy of what it was merged from', () => {
    const [general, special]: [ValueMap, ValueMap] = [{ swagger: 1, paths: 1 }, { info: 1 }]
    const merged = mergedFrom({ ...general, ...special }, general, special)
    expect(definitionText(merged)).toBe("{u'info': 1, u'paths': 1, u'swagger': 1}")
  })

  it('is merged from what the parts had when they were merged', () => {
    const general: ValueMap = { CertificateArn: 1, DomainName: 2 }
    const merged = mergedFrom({ ...general, a: 3 }, general, { a: 3 })
    general['ApiDomainName'] = 4
    merged['ApiDomainName'] = 4
    expect(definitionText(merged)).toBe("{u'CertificateArn': 1, u'a': 3, u'ApiDomainName': 4, u'DomainName': 2}")
  })

  it('counts the copies of what comes into a dict of Python 3 too', () => {
    const item = inWrittenOrder({ any: 1 })
    const definition: ValueMap = { item }
    openEdit(definition)
    openEdit(definition)
    beforeChange(definition, item)
    item['options'] = { '/a': 1, '/i': 1 }
    expect(definitionText(definition)).toBe("{u'item': {u'any': 1, u'options': {u'/a': 1, u'/i': 1}}}")
  })

  it('prints as JSON with blanks, in its own order', () => {
    const domain = { swagger: [1, 'é'], info: { a: 1.5, b: null } }
    convertThroughout(domain)
    expect(spacedJson(domain)).toBe('{"info": {"a": 1.5, "b": null}, "swagger": [1, "\\u00e9"]}')
  })
})
