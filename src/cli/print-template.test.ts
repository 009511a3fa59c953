import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTemplate } from '#core/template/parse.ts'
import type { ValueMap } from '#core/template/value.ts'
import { printTemplate } from './print-template.ts'

const shared = { 'Fn::Sub': '${AWS::Region}' }

describe('a template as YAML', () => {
  it.each<[string, ValueMap, string]>([
    [
      'text that YAML 1.1 takes for a date, a truth, a number',
      { Version: '2012-10-17', A: 'on', B: '0123', C: '12:30' },
      "Version: '2012-10-17'\nA: 'on'\nB: '0123'\nC: '12:30'\n",
    ],
    ['numbers and truths', { Timeout: 30, Enabled: true }, 'Timeout: 30\nEnabled: true\n'],
    ['the empty', { List: [], Map: {}, Text: '' }, "List: []\nMap: {}\nText: ''\n"],
  ])('%s', (_what, template, text) => {
    expect(printTemplate(template, 'yaml')).toBe(text)
  })

  it('writes several lines as a block, long lines in one, and the same map twice', () => {
    const code = 'exports.handler = async () => ({\n  statusCode: 200,\n})\n'
    expect(printTemplate({ Code: code, Long: `${'word '.repeat(60)}end`, A: shared, B: shared }, 'yaml')).toBe(
      [
        'Code: |',
        '  exports.handler = async () => ({',
        '    statusCode: 200,',
        '  })',
        `Long: ${'word '.repeat(60)}end`,
        'A:',
        '  Fn::Sub: ${AWS::Region}',
        'B:',
        '  Fn::Sub: ${AWS::Region}',
        '',
      ].join('\n'),
    )
  })

  it('reads back as what it was, whatever it was', () => {
    const leaf = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.stringMatching(/^[\n\t :#'"|>0-9a-z*&!~=-]{0,12}$/),
      fc.integer(),
      fc.boolean(),
    )
    const { map } = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, leaf, tie('map'), fc.array(tie('value'), { maxLength: 3 })),
      map: fc.dictionary(
        fc.string({ maxLength: 8 }).filter((key) => key !== '__proto__' && key !== '<<'),
        tie('value'),
        { maxKeys: 4 },
      ),
    }))
    fc.assert(
      fc.property(map, (template) => {
        const text = printTemplate({ Resources: template as never }, 'yaml')
        expect(JSON.parse(JSON.stringify(parseTemplate(text)))).toEqual(JSON.parse(JSON.stringify({ Resources: template })))
      }),
    )
  })
})
