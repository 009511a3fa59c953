import { describe, expect, it } from 'vitest'
import { excerpt } from './excerpt.ts'

describe('a line with a mark under its column', () => {
  const long = `{${'x'.repeat(500)}!${'y'.repeat(500)}`
  it.each<[string, string, { line: number; column: number }, string[]]>([
    ['the second of three', 'a:\n  b: 1\nc: 2', { line: 2, column: 6 }, ['    2 |   b: 1', '      |      ^']],
    ['line ends of Windows, tabs', 'a:\r\n\tb: 1\r\n', { line: 2, column: 2 }, ['    2 |  b: 1', '      |  ^']],
    [
      'only the neighbourhood in a long line',
      long,
      { line: 1, column: 502 },
      [`    1 | ${long.slice(442, 562)}`, `      | ${' '.repeat(59)}^`],
    ],
    ['what would steer a terminal', 'a: \u001b[31m', { line: 1, column: 1 }, ['    1 | a:  [31m', '      | ^']],
    ['no such line', 'a: 1', { line: 7, column: 1 }, []],
  ])('%s', (_what, text, at, expected) => {
    expect(excerpt(text, at)).toEqual(expected)
  })
})
