import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDryRun, described } from './describe.ts'

const ITEMS = [
  { Id: 'vpc-1', Cidrs: ['10.0.0.0/16'], Main: true, Tags: [{ Key: 'Name', Value: 'one' }] },
  { Id: 'vpc-2', Cidrs: ['10.1.0.0/16', '10.2.0.0/16'], Main: false, Tags: [{ Key: 'team', Value: 'a*b' }] },
  { Id: 'vpc-3', Cidrs: [], Main: false, Tags: [] },
]
const filters = {
  'vpc-id': ({ Id }: (typeof ITEMS)[number]) => Id,
  cidr: ({ Cidrs }: (typeof ITEMS)[number]) => Cidrs,
  main: ({ Main }: (typeof ITEMS)[number]) => Main,
}
const found = (Filters: { Name: string; Values: string[] }[]) =>
  described(ITEMS, { Filters }, filters, ({ Id }) => Id).page.map(({ Id }) => Id)

describe('filters', () => {
  test.each([
    ['vpc-id', ['vpc-1', 'vpc-3'], ['vpc-1', 'vpc-3']],
    ['vpc-id', ['vpc-?'], ['vpc-1', 'vpc-2', 'vpc-3']],
    ['vpc-id', ['vpc'], []],
    ['cidr', ['10.2.*'], ['vpc-2']],
    ['cidr', ['10x2*'], []],
    ['main', ['true'], ['vpc-1']],
    ['tag:Name', ['o*'], ['vpc-1']],
    ['tag:team', ['a\\*b'], ['vpc-2']],
    ['tag:team', ['a\\?b'], []],
    ['tag-key', ['team', 'Name'], ['vpc-1', 'vpc-2']],
    ['tag-value', ['one'], ['vpc-1']],
  ])('%s in %j: %j', (Name, Values, ids) => {
    expect(found([{ Name, Values }])).toEqual(ids)
  })

  test('all of them must hold', () => {
    expect(
      found([
        { Name: 'main', Values: ['false'] },
        { Name: 'tag-key', Values: ['*'] },
      ]),
    ).toEqual(['vpc-2'])
  })

  test.each(['colour', 'constructor'])('one called `%s` is refused by name', (Name) => {
    expect(() => found([{ Name, Values: [] }])).toThrow(`The filter '${Name}' is invalid`)
  })
})

test('the pages together are everything, once', () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 20 })
  fc.assert(
    fc.property(ids, fc.integer({ min: 1, max: 7 }), (all, MaxResults) => {
      const items = all.map((Id) => ({ Id, Tags: [] }))
      const seen: string[] = []
      let token: string | undefined
      do {
        const { page, NextToken } = described(items, { MaxResults, NextToken: token }, {}, ({ Id }) => Id)
        seen.push(...page.map(({ Id }) => Id))
        token = NextToken
      } while (token !== undefined)
      expect(seen).toEqual(all)
    }),
  )
})

test('a token from elsewhere is refused', () => {
  expect(() => described(ITEMS, { NextToken: 'x' }, filters, ({ Id }) => Id)).toThrow('The token is invalid.')
})

test('a dry run does nothing, and says that it would have', () => {
  expect(() => checkDryRun({ DryRun: true })).toThrow(expect.objectContaining({ code: 'DryRunOperation', status: 412 }))
  expect(checkDryRun({ DryRun: false })).toBeUndefined()
})
