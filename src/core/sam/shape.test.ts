import { describe, expect, it } from 'vitest'
import type { Value } from '../template/value.ts'
import { listing, sentences } from './mistakes.ts'
import { decimal, fields, flag, integer, listOf, map, optional, orIntrinsic, required, type Shape, text } from './shape.ts'

const settings = fields({ Name: required(text), Sizes: optional(listOf(orIntrinsic(integer))) })

describe('a shape', () => {
  it.each<[string, Shape<unknown>, Value, unknown]>([
    ['text from a number', text, 5, '5'],
    ['text from a truth value', text, true, 'True'],
    ['a whole number from text', integer, ' 1_0 ', 10],
    ['a whole number from a broken one', integer, 2.9, 2],
    ['a number from text', decimal, '1e3', 1000],
    ['a truth value from a word', flag, 'Yes', true],
    ['a map from nothing', map, '', {}],
    ['a map from pairs', map, [['a', 1], 'bc', { d: 0, e: 0 }], { a: 1, b: 'c', d: 'e' }],
    ['members that have a value', settings, { Name: 'n', Sizes: null }, { Name: 'n' }],
    [
      'a function in place of a value',
      settings,
      { Name: 'n', Sizes: [{ Ref: 'A' }, '2'] },
      { Name: 'n', Sizes: [{ Ref: 'A' }, 2] },
    ],
  ])('reads %s', (_name, shape, written, value) => {
    expect(shape(written, [])).toEqual({ value })
  })

  it.each<[string, Value, string]>([
    ['what is missing', {}, "Property 'Name' is required."],
    ['what has no value', { Name: null }, "Property 'Name' none is not an allowed value."],
    ['what is not known', { Name: 'n', Other: 1 }, "Property 'Other' is an invalid property."],
    ['what could be of two types', { Name: 'n', Sizes: ['x'] }, "Property 'Sizes.0' value must be dictionary or integer."],
    ['all of it', { Name: [], Sizes: 1 }, "Property 'Name' str type expected. Property 'Sizes' value is not a valid list."],
  ])('tells %s', (_name, written, expected) => {
    const read = settings(written, [])
    expect('mistakes' in read && sentences(read.mistakes)).toBe(expected)
  })

  it('lists its mistakes in the words of the checker', () => {
    const read = settings({ Sizes: [null], Other: 1 }, [])
    expect('mistakes' in read && listing('Settings', read.mistakes)).toBe(
      [
        '3 validation errors for Settings',
        'Name\n  field required (type=value_error.missing)',
        'Sizes -> 0\n  none is not an allowed value (type=type_error.none.not_allowed)',
        'Other\n  extra fields not permitted (type=value_error.extra)',
      ].join('\n'),
    )
  })

  it('bears as many mistakes as a template can hold', () => {
    const read = settings({ Name: 'n', Sizes: Array<Value>(300_000).fill(null) }, [])
    expect('mistakes' in read && read.mistakes.length).toBe(300_000)
  })
})
