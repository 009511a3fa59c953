import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addRoute, emptyRoutes, matchRoute, segmentsOf } from './route-trie.ts'

interface Route {
  readonly path: string
  readonly method: string
}

/** The rule by its definition: of all routes that match, the one whose segments are more exact, from the left; a method before `ANY`. */
function naively(routes: readonly Route[], path: string, method: string): Route | undefined {
  const wanted = segmentsOf(path)
  const rank = (segment: string | undefined) => (segment?.endsWith('+}') ? 2 : segment?.startsWith('{') ? 1 : 0)
  const fits = (route: Route) => {
    const own = segmentsOf(route.path)
    const greedy = own.at(-1)?.endsWith('+}') ?? false
    if (greedy ? wanted.length < own.length : wanted.length !== own.length) return false
    return own.every(
      (segment, index) => rank(segment) === 2 || (rank(segment) === 1 ? wanted[index] !== '' : segment === wanted[index]),
    )
  }
  const matching = routes.filter((route) => (route.method === method || route.method === 'ANY') && fits(route))
  const compare = (a: Route, b: Route) => {
    const [left, right] = [segmentsOf(a.path), segmentsOf(b.path)]
    for (let index = 0; index < Math.max(left.length, right.length); index++) {
      const difference = rank(left[index]) - rank(right[index])
      if (difference !== 0) return difference
    }
    return Number(a.method === 'ANY') - Number(b.method === 'ANY')
  }
  return matching.toSorted(compare)[0]
}

const segment = fc.constantFrom('a', 'b', '{x}')
const path = fc
  .tuple(fc.array(segment, { maxLength: 3 }), fc.boolean())
  .map(([segments, greedy]) => `/${[...segments, ...(greedy ? ['{rest+}'] : [])].join('/')}`)
const route: fc.Arbitrary<Route> = fc.record({ path, method: fc.constantFrom('GET', 'POST', 'ANY') })

describe('matchRoute', () => {
  it('finds what the definition finds', () => {
    const unique = fc.uniqueArray(route, { selector: ({ path: at, method }) => `${method} ${at}`, maxLength: 8 })
    const asked = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 }).map((parts) => `/${parts.join('/')}`)
    let found = 0
    fc.assert(
      fc.property(unique, asked, fc.constantFrom('GET', 'POST', 'PUT'), (routes, at, method) => {
        const root = emptyRoutes<Route>()
        for (const one of routes) addRoute(root, one.path, one.method, one)
        const expected = naively(routes, at, method)
        if (expected) found += 1
        expect(matchRoute(root, at, method)?.route).toEqual(expected)
      }),
      { numRuns: 2_000, seed: 3 },
    )
    expect(found).toBeGreaterThan(100)
  })

  it.each([
    ['/x/1', { id: '1' }],
    ['/x/1/', { id: '1' }],
    ['/x/a%2Fb', { id: 'a%2Fb' }],
    ['/y/a/b//c', { rest: 'a/b//c' }],
  ])('binds the parameters of %s undecoded', (at, expected) => {
    const root = emptyRoutes<string>()
    addRoute(root, '/x/{id}', 'GET', 'x')
    addRoute(root, '/y/{rest+}', 'GET', 'y')
    expect(matchRoute(root, at, 'GET')?.pathParameters).toEqual(expected)
  })

  it('keeps a name that means something to JavaScript', () => {
    const root = emptyRoutes<string>()
    addRoute(root, '/{__proto__}/constructor', 'GET', 'odd')
    expect(matchRoute(root, '/1/constructor', 'GET')?.route).toBe('odd')
    expect(matchRoute(root, '/1/toString', 'GET')).toBeUndefined()
  })
})
