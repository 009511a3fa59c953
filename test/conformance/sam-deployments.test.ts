import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transform } from '#core/sam/transform.ts'
import { parseTemplate } from '#core/template/parse.ts'
import { isMap } from '#core/template/value.ts'
import { differenceOf, type ExpectedResource, openSite, readDeployments, type Site, textOf } from './sam-deployments.ts'
import { suiteFolder } from './sam-suite.ts'

/** Templates that do not deploy yet, by the reason. The list may only shrink. */
const known = JSON.parse(readFileSync(new URL('./sam-deployments-known-failures.json', import.meta.url), 'utf8')) as Record<
  string,
  string[]
>
const failing = new Set(Object.values(known).flat())

const folder = suiteFolder()
const deployments = folder ? readDeployments(folder) : []
const passing = deployments.filter(({ name }) => !failing.has(name)).map((given) => [given.name, given] as const)

describe.skipIf(!folder)('templates that AWS deploys for real, transformed', () => {
  it.each(passing.filter(([, { needs }]) => needs.length === 0))('%s', (_name, given) => {
    const result = transform(parseTemplate(textOf(folder!, given)), {
      parameters: {},
      region: 'eu-central-1',
    })
    const resources = result.ok && isMap(result.template['Resources']) ? Object.entries(result.template['Resources']) : []
    const made = resources.map(([id, resource]) => ({
      LogicalResourceId: id,
      ResourceType: String(isMap(resource) && resource['Type']),
    }))
    const expected = JSON.parse(readFileSync(join(folder!, given.expected), 'utf8')) as ExpectedResource[]
    expect(result.ok ? differenceOf(made, expected) : result.message).toBeUndefined()
  })
})

describe.skipIf(!folder)('templates that AWS deploys for real, deployed with stubs and deleted', () => {
  let site: Site
  beforeAll(async () => {
    if (folder) site = await openSite(folder)
  })
  afterAll(() => site?.stop())

  it.each(passing)('%s', async (_name, given) => {
    expect(await site.deploy(given)).toBeUndefined()
  })

  it('leave nothing behind', async () => {
    expect(await site.left()).toEqual({ stacks: [], apis: [], functions: [] })
  })

  it('have none among the known failures that passes', async () => {
    for (const given of deployments.filter(({ name }) => failing.has(name)))
      expect(await site.deploy(given), given.name).toBeDefined()
  })

  it('have no known failure that is not one of them', () => {
    const names = new Set(deployments.map(({ name }) => name))
    expect([...failing].filter((name) => !names.has(name))).toEqual([])
  })
})
