import { describe, expect, it } from 'vitest'
import type { ErrorCause } from '#core/aws/aws-error.ts'
import { withPlaces } from './with-places.ts'

describe('a refusal with the places of what it tells of', () => {
  it.each<[string, string, ErrorCause[], string]>([
    ['nothing known', 'No.', [], 'No.'],
    ['one cause', 'No.', [{ message: 'No.', position: { line: 8, column: 5 } }], 'No. (api.yaml:8:5)'],
    ['a file of its own', 'No.', [{ message: 'No.', position: { file: 'b.yaml', line: 1, column: 1 } }], 'No. (b.yaml:1:1)'],
    [
      'several causes, one without a place',
      'Errors: 3. A is wrong. B is wrong. C is wrong.',
      [
        { message: 'A is wrong.', position: { line: 3, column: 5 } },
        { message: 'B is wrong.' },
        { message: 'C is wrong.', position: { line: 9, column: 5 } },
      ],
      'Errors: 3.\n  A is wrong. (api.yaml:3:5)\n  B is wrong.\n  C is wrong. (api.yaml:9:5)',
    ],
    [
      'a list of several causes',
      'These: [A, B]',
      [
        { message: 'A', position: { line: 3, column: 5 } },
        { message: 'B', position: { line: 9, column: 5 } },
      ],
      'These: [A (api.yaml:3:5), B (api.yaml:9:5)]',
    ],
    [
      'words that name the place',
      'No (api.yaml:8:5)',
      [{ message: 'No (api.yaml:8:5)', position: { line: 8, column: 5 } }],
      'No (api.yaml:8:5)',
    ],
  ])('%s', (_what, message, causes, expected) => {
    expect(withPlaces(message, causes, 'api.yaml')).toBe(expected)
  })
})
