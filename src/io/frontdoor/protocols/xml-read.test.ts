import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UnreadableRequest } from '../exchange.ts'
import { parseXml } from './xml-read.ts'
import { escapeXml } from './xml-write.ts'

describe('reads', () => {
  it('elements, attributes, text and entities', () => {
    const source = `<?xml version="1.0"?>\n<!-- c --><a:A x="1" y='&lt;"'><B>t&amp;&#65;&#x42;</B><B/><![CDATA[<raw>]]></a:A>\n`
    const leaf = { tag: 'B', name: 'B', attributes: {}, children: [] }
    expect(parseXml(source)).toEqual({
      tag: 'a:A',
      name: 'A',
      attributes: { x: '1', y: '<"' },
      children: [
        { ...leaf, text: 't&AB' },
        { ...leaf, text: '' },
      ],
      text: '<raw>',
    })
  })

  it('whatever text was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const kept = parseXml(`<a>${escapeXml(text)}</a>`).text
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 has no way to write
        expect(kept).toBe(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''))
      }),
    )
  })
})

describe('refuses', () => {
  it.each([
    ['nothing', ''],
    ['text alone', 'x'],
    ['an element that is not closed', '<a>'],
    ['elements that cross', '<a><b></a></b>'],
    ['two roots', '<a/><b/>'],
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ['an entity that nobody declared', '<a>&x;</a>'],
    ['an entity without an end', '<a>&amp</a>'],
    ['a character that does not exist', '<a>&#x110000;</a>'],
    ['a bare ampersand', '<a>1 & 2</a>'],
    ['an attribute without quotes', '<a x=1/>'],
    ['deep nesting', '<a>'.repeat(65) + '</a>'.repeat(65)],
  ])('%s', (_name, source) => {
    expect(() => parseXml(source)).toThrow(UnreadableRequest)
  })

  it('long input in time that grows with its length', () => {
    const hostile = `<a ${'x="1" '.repeat(20_000)}`
    expect(() => parseXml(hostile)).toThrow(UnreadableRequest)
  })
})
