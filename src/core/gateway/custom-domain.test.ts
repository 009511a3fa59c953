import { describe, expect, it } from 'vitest'
import { type CustomDomain, mappingOf } from './custom-domain.ts'
import { belowBasePath, parseTarget } from './request-target.ts'

const domainOf = (...basePaths: readonly string[]): CustomDomain => ({
  arn: 'arn:aws:apigateway:eu-central-1::/domainnames/api.example.com',
  name: 'api.example.com',
  account: '111122223333',
  region: 'eu-central-1',
  endpointType: 'REGIONAL',
  mappings: basePaths.map((basePath) => ({ basePath, apiId: `api-${basePath}` })),
})

describe('mappingOf', () => {
  it.each([
    ['/a', ['a'], 'a'],
    ['/a/', ['a'], 'a'],
    ['/a/b', ['', 'a'], 'a'],
    ['/a/b', ['a', ''], 'a'],
    ['/a/b/c', ['a', 'a/b', ''], 'a/b'],
    ['/ab', ['a', ''], ''],
    ['/', ['a', ''], ''],
    ['/A', ['a'], undefined],
    ['/', ['a'], undefined],
    ['/a', [], undefined],
  ])('of %s among %j is %s', (path, basePaths, expected) => {
    expect(mappingOf(domainOf(...basePaths), path)?.basePath).toBe(expected)
  })
})

describe('belowBasePath', () => {
  it.each([
    ['/shop/x', 'shop', 'dev', { stageName: 'dev', path: '/x', eventPath: '/shop/x', fullPath: '/shop/x' }],
    ['/shop', 'shop', 'dev', { stageName: 'dev', path: '/', eventPath: '/shop' }],
    ['/shop/', 'shop', 'dev', { stageName: 'dev', path: '/', eventPath: '/shop/' }],
    ['//shop//x', 'shop', 'dev', { stageName: 'dev', path: '/x', fullPath: '/shop//x' }],
    ['/x/y/', '', 'dev', { stageName: 'dev', path: '/x/y/', eventPath: '/x/y/' }],
    ['/shop/dev/x?q=1', 'shop', undefined, { stageName: 'dev', path: '/x', eventPath: '/shop/x', query: 'q=1' }],
    ['/shop/dev', 'shop', undefined, { stageName: 'dev', path: '/', eventPath: '/shop/' }],
    ['/shop', 'shop', undefined, { stageName: '', path: '/' }],
    ['/dev/x', '', undefined, { stageName: 'dev', path: '/x', eventPath: '/x' }],
  ])('of %s below `%s` with stage %s', (target, basePath, stage, expected) => {
    expect(belowBasePath(parseTarget(target), basePath, stage)).toMatchObject(expected)
  })
})
