import { expect, it } from 'vitest'
import { table } from './records.ts'
import { remembered } from './remembered.ts'
import { memoryRecords } from './testing/memory-records.ts'

const words = table<string>('tests/words')
const switches = table<boolean>('tests/switches')
const others = table<string>('tests/others')
const scope = { account: '111111111111', region: 'eu-central-1' }

it('reads again only what a change could have changed', () => {
  const records = memoryRecords()
  let reads = 0
  const read = remembered(records, (seen) => {
    reads += 1
    return seen.get(switches, scope, 'on') ? seen.all(words).map(({ value }) => value) : 'off'
  })
  expect([read(), read(), reads]).toEqual(['off', 'off', 1])
  // Not read yet, or of no concern.
  records.put(words, scope, '1', 'one')
  records.put(others, scope, '1', 'one')
  expect([read(), reads]).toEqual(['off', 1])
  records.put(switches, scope, 'on', true)
  expect([read(), read(), reads]).toEqual([['one'], ['one'], 2])
  records.put(words, scope, '2', 'two')
  expect([read(), reads]).toEqual([['one', 'two'], 3])
  records.delete(words, scope, '1')
  expect([read(), reads]).toEqual([['two'], 4])
  records.put(others, scope, '1', 'two')
  expect([read(), reads]).toEqual([['two'], 4])
})

it('reads again after a read that failed', () => {
  const records = memoryRecords()
  const read = remembered(records, (seen) => {
    const word = seen.get(words, scope, '1')
    if (word === undefined) throw new Error('no word')
    return word
  })
  expect(read).toThrow('no word')
  records.put(words, scope, '1', 'one')
  expect(read()).toBe('one')
})
