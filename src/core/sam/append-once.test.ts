import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Value, ValueList } from '../template/value.ts'
import { appendOnce } from './append-once.ts'
import { includes } from './python.ts'

describe('appendOnce', () => {
  it.each<[name: string, list: ValueList, value: Value, length: number]>([
    ['what is not there', ['a'], 'b', 2],
    ['what is there', ['a', 'b'], 'b', 2],
    ['a map with its keys in another order', [{ a: 1, b: [2] }], { b: [2], a: 1 }, 1],
    ['a list in another order', [['a', 'b']], ['b', 'a'], 2],
    ['a number beside its text', ['1'], 1, 2],
    ['nothing beside its name', ['null'], null, 2],
  ])('is told %s', (_, list, value, length) => {
    appendOnce()(list, value)
    expect(list).toHaveLength(length)
  })

  it('does what comparing with each member does, whoever else appends', () => {
    const small = fc.letrec<{ value: Value }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 2 },
        fc.constantFrom('a', '1', 1, true, null),
        fc.array(tie('value'), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom('a', 'b'), tie('value'), { maxKeys: 2 }) as fc.Arbitrary<Value>,
      ),
    })).value
    fc.assert(
      fc.property(fc.array(fc.tuple(small, fc.boolean())), (steps) => {
        const append = appendOnce()
        const list: ValueList = []
        const slow: ValueList = []
        for (const [value, always] of steps) {
          if (always) list.push(value)
          else append(list, value)
          if (always || !includes(slow, value)) slow.push(value)
        }
        expect(list).toEqual(slow)
      }),
    )
  })
})
