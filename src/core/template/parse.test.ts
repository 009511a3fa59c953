import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { AwsError } from '../aws/aws-error.ts'
import { parseTemplate } from './parse.ts'
import { formatPosition, positionOf, positionOfMember, sourceMapOf, withSources } from './position.ts'
import { refusalOf } from './testing/refusal.ts'
import { isList, isMap, textOfMember, type Value } from './value.ts'

interface Case {
  readonly name: string
  readonly text: string
  /** Not to be taken for JSON, although it begins like it. */
  readonly yaml?: boolean
  readonly value?: unknown
  readonly error?: string
}

const cases = parse(readFileSync(new URL('../../../test/cases/template/read.yaml', import.meta.url), 'utf8')) as readonly Case[]

describe('parseTemplate', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, { text, yaml, value, error }) => {
    const read = () => plain(parseTemplate(yaml ? `# not JSON\n${text}` : text))
    if (error === undefined) expect(read()).toEqual(value)
    else expect(refusalOf(read).message).toBe(error)
  })

  it('knows where everything stands', () => {
    const template = parseTemplate('A:\n  - one\n  - !Ref Two\nB: {C: 3.0}\nD:\n', { file: 'template.yaml' })
    const at = (node: unknown, key: string | number) => formatPosition(positionOfMember(node, key) ?? { line: 0, column: 0 })
    expect(at(template, 'A')).toBe('template.yaml:2:3')
    expect(at(template.A, 0)).toBe('template.yaml:2:5')
    expect(at(template.A, 1)).toBe('template.yaml:3:10')
    expect(at(template.B, 'C')).toBe('template.yaml:4:8')
    expect(at(template, 'D')).toBe('template.yaml:5:1')
    expect(positionOf(template.B)).toEqual({ file: 'template.yaml', line: 4, column: 4 })
  })

  it('keeps the text of numbers, through records too', () => {
    const { A: list } = parseTemplate('A: [1.10, 1e3, 5]')
    const stored = withSources(JSON.parse(JSON.stringify(list)), sourceMapOf(list)) as typeof list
    for (const read of [list, stored])
      expect(isList(read) && read.map((_, index) => textOfMember(read, index))).toEqual(['1.10', '1e3', '5'])
  })

  it('counts lines in JSON, whatever is asked first', () => {
    const { A: list } = parseTemplate('{\n "A": [\n  1,\n  {"B":\n 2}\n ]\n}')
    expect(positionOfMember(list, 1)).toEqual({ line: 4, column: 3 })
    expect(isList(list) && positionOfMember(list[1], 'B')).toEqual({ line: 5, column: 2 })
  })

  it('refuses a text that is too long', () => {
    expect(refusalOf(() => parseTemplate(`A: ${'x'.repeat(1_048_576)}`)).message).toContain('may not exceed')
  })

  it('reads maps of as many keys as a text can hold, each key as fast as in a small one', () => {
    const names = Array.from({ length: 60_000 }, (_, index) => `key${index}`)
    const flow = parseTemplate(`A: {${names.map((name) => `${name}: 1`).join(', ')}}`)
    const block = parseTemplate(names.map((name) => `${name}: 1\n`).join(''))
    for (const map of [flow['A'], block]) expect(isMap(map) && Object.keys(map)).toEqual(names)
  })

  it.each([
    ['flow lists', '['.repeat(100_000)],
    ['flow maps', `A: ${'{a: '.repeat(50_000)}`],
    ['closed flow lists', `A: ${'['.repeat(1_000)}${']'.repeat(1_000)}`],
    ['block lists', `${'- '.repeat(100_000)}x`],
    ['block maps', Array.from({ length: 1_200 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
    ['JSON', '{"a":'.repeat(100_000)],
  ])('refuses %s inside each other without end', (_, text) => {
    expect(refusalOf(() => parseTemplate(text)).message).toMatch(/not well-formed. \(line \d+, column \d+\)/)
  })

  it('refuses aliases that stand for more than any machine holds', () => {
    const levels = Array.from({ length: 30 }, (_, level) => `L${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}]`)
    expect(refusalOf(() => parseTemplate(['L0: &l0 [x]', ...levels].join('\n'))).message).toContain('aliases')
    const merged = Array.from(
      { length: 30 },
      (_, level) => `L${level + 1}: &l${level + 1} {<<: *l${level}, a: *l${level}, b: *l${level}}`,
    )
    expect(refusalOf(() => parseTemplate(['L0: &l0 {x: y}', ...merged].join('\n'))).message).toContain('aliases')
  })
})

describe('parseTemplate, for any input', () => {
  const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9:. -]{0,12}$/).filter((name) => name.trim() === name)
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.boolean(),
      fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
      fc.array(tie('tree'), { maxLength: 4 }),
    ),
  }))
  const template = fc.dictionary(key, tree, { minKeys: 1, maxKeys: 5 })

  it('reads back what was written as JSON', () => {
    fc.assert(
      fc.property(template, (value) => {
        expect(plain(parseTemplate(JSON.stringify(value)))).toEqual(plain(value))
      }),
    )
  })

  it('reads back what was written as YAML', () => {
    fc.assert(
      fc.property(template, (value) => {
        expect(plain(parseTemplate(stringify(value, { schema: 'core', compat: 'yaml-1.1' })))).toEqual(plain(value))
      }),
    )
  })

  it('answers a map or an AwsError, never anything else', () => {
    const fragments = fc.constantFrom(
      'A',
      ':',
      ' ',
      '\n',
      '- ',
      '{',
      '}',
      '[',
      ']',
      ',',
      '"',
      "'",
      '!Ref',
      '&a',
      '*a',
      '<<',
      '|',
      '#',
      '\t',
      '%',
      '?',
      '1',
      '---',
    )
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(fragments, { maxLength: 40 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (input) => {
        try {
          expect(isMap(parseTemplate(input))).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(AwsError)
        }
      }),
      { numRuns: 500 },
    )
  })
})

/** The value alone, without positions and without prototypes. */
function plain(value: unknown): Value {
  return JSON.parse(JSON.stringify(value)) as Value
}
