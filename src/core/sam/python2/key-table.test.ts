import { describe, expect, it } from 'vitest'
import { KeyTable } from './key-table.ts'
import { stringHash } from './string-hash.ts'

describe('the hash of a text', () => {
  it.each([
    ['', 0n],
    ['a', 12416037344n],
    ['paths', 13778350363235242913n],
    ['x-amazon-apigateway-integration', 11271268369173863242n],
    ['é', 29824089448n],
    ['😀', 16449585346049n],
  ])('of %j is that of CPython 2.7', (text, hash) => {
    const { low, high } = stringHash(text)
    expect(BigInt(high) * 2n ** 32n + BigInt(low)).toBe(hash)
  })
})

describe('the order of keys', () => {
  const SEVEN = ['get', 'post', 'put', 'delete', 'patch', 'options', 'head']
  const SIX = ['type', 'httpMethod', 'uri', 'responses', 'credentials', 'requestTemplates']

  it.each([
    [
      ['swagger', 'info', 'paths'],
      ['info', 'paths', 'swagger'],
    ],
    [SEVEN, ['head', 'get', 'patch', 'put', 'post', 'options', 'delete']],
  ])('of %j', (keys, expected) => {
    expect(KeyTable.of(keys).keys()).toEqual(expected)
  })

  it('depends on how room was made for the sixth key', () => {
    const updated = KeyTable.of(SIX.slice(0, 5))
    updated.makeRoomFor(1)
    updated.add('requestTemplates')
    expect(updated.keys()).toEqual(['httpMethod', 'requestTemplates', 'responses', 'credentials', 'type', 'uri'])
    expect(KeyTable.of(SIX).keys()).not.toEqual(updated.keys())
  })

  it('may change with every copy where two keys want the same slot', () => {
    const table = KeyTable.of(['/a', '/i'])
    expect(table.keys()).toEqual(['/i', '/a'])
    expect(table.deepCopy().keys()).toEqual(['/a', '/i'])
    expect(table.deepCopy().deepCopy().keys()).toEqual(['/i', '/a'])
  })

  it('gives the slot of a key that went away to one that comes', () => {
    const table = KeyTable.of(['b', 'j'])
    table.delete('b')
    table.add('r')
    expect(table.keys()).toEqual(['r', 'j'])
    table.add('b')
    expect(table.keys()).toEqual(['r', 'b', 'j'])
  })
})
