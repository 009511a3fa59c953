import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inOrder, listPage, urlEncoded } from './list-page.ts'

const KEYS = ['a/1', 'a/2', 'b', 'c/d/e', 'c/f', 'd']

test.each([
  [{}, KEYS, []],
  [{ delimiter: '/' }, ['b', 'd'], ['a/', 'c/']],
  [{ prefix: 'c/', delimiter: '/' }, ['c/f'], ['c/d/']],
  [{ prefix: 'a' }, ['a/1', 'a/2'], []],
  [{ after: 'b' }, ['c/d/e', 'c/f', 'd'], []],
  [{ delimiter: '/', after: 'a/' }, ['b', 'd'], ['c/']],
  [{ delimiter: '/', after: 'a/1' }, ['b', 'd'], ['a/', 'c/']],
  [{ prefix: 'x' }, [], []],
])('%j lists %j and %j', (query, keys, commonPrefixes) => {
  expect(listPage(KEYS, { limit: 1000, ...query })).toEqual({ keys, commonPrefixes })
})

const key = fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom('a', 'b', '/', 'é', '\u{1f600}', '\uffff') })
const sortedKeys = fc.uniqueArray(key, { maxLength: 30 }).map((keys) => keys.sort(inOrder))

/** What S3's documentation says, without pages: every key, or what it rolls up into, once. */
function naive(keys: readonly string[], prefix: string, delimiter: string) {
  const rest = keys.filter((one) => one.startsWith(prefix))
  const cut = (one: string) => {
    const at = delimiter === '' ? -1 : one.slice(prefix.length).indexOf(delimiter)
    return at < 0 ? undefined : one.slice(0, prefix.length + at + delimiter.length)
  }
  return {
    keys: rest.filter((one) => cut(one) === undefined),
    commonPrefixes: [...new Set(rest.flatMap((one) => cut(one) ?? []))],
  }
}

test('all pages together are the whole list, whatever the size of a page', () => {
  fc.assert(
    fc.property(
      sortedKeys,
      fc.constantFrom('', 'a', '/', 'a/'),
      fc.constantFrom('', '/', 'b', '/a'),
      fc.integer({ min: 1, max: 5 }),
      (keys, prefix, delimiter, limit) => {
        const found = { keys: [] as string[], commonPrefixes: [] as string[] }
        let after: string | undefined
        do {
          const page = listPage(keys, { prefix, delimiter, after, limit })
          expect(page.keys.length + page.commonPrefixes.length).toBeLessThanOrEqual(limit)
          found.keys.push(...page.keys)
          found.commonPrefixes.push(...page.commonPrefixes)
          after = page.next
        } while (after !== undefined)
        expect(found).toEqual(naive(keys, prefix, delimiter))
      },
    ),
  )
})

test.each([
  ['a b/c+d', 'a+b/c%2Bd'],
  ["it's (1)!", 'it%27s+%281%29%21'],
  ['é', '%C3%A9'],
  ['-_.~*', '-_.~*'],
])('`%s` is encoded as `%s`', (text, encoded) => {
  expect(urlEncoded(text)).toBe(encoded)
})
