import { describe, expect, it } from 'vitest'
import { canonical, differences } from './differences.ts'

describe('the differences between two templates', () => {
  it.each([
    ['equal values', { A: [1, 2] }, { A: [2, 1] }, []],
    ['numbers that are equal', { A: 2 }, { A: 2.0 }, []],
    ['a number and a string', { A: 2 }, { A: '2' }, ['/A: expected 2, got "2"']],
    ['a key that is missing', { A: { B: 1, C: 2 } }, { A: { C: 2 } }, ['/A/B: missing, expected 1']],
    ['a key too much', { A: {} }, { A: { B: null } }, ['/A/B: too much, got null']],
    ['one member with another value', { A: [{ B: 1 }, { B: 2 }] }, { A: [{ B: 2 }, { B: 3 }] }, ['/A[]/B: expected 1, got 3']],
    ['a member that is there once only', { A: ['x', 'x'] }, { A: ['x'] }, ['/A[]: missing, expected "x"']],
    ['another kind of value', { A: [] }, { A: {} }, ['/A: expected [], got {}']],
    ['a deep list in another order', { A: [{ B: [1, [3, 2]] }] }, { A: [{ B: [[2, 3], 1] }] }, []],
  ])('%s', (_what, expected, actual, found) => {
    expect(differences(canonical(expected), canonical(actual))).toEqual(found)
  })
})
