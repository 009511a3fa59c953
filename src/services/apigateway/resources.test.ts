import { describe, expect, test } from 'vitest'
import { getDefinition } from './definition.ts'
import { MAX_RESOURCES, variablesOf } from './paths.ts'
import { createResource, deleteResource, listResources, updateResource } from './resources.ts'
import { createRestApi } from './rest-apis.ts'
import { scope, world } from './testing/world.ts'

function api() {
  const { ports } = world()
  const { id, rootResourceId } = createRestApi({ name: 'pets' }, scope, ports)
  const create = (pathPart: string, parentId = rootResourceId) =>
    createResource(id, { parentId, pathPart }, scope, ports).id ?? ''
  const paths = () => listResources(id, scope, ports).map(({ path }) => path)
  return { ports, id, rootResourceId, create, paths }
}

describe('resources', () => {
  test('paths follow from parents, and move with them', () => {
    const { ports, id, create, paths } = api()
    const pets = create('pets')
    create('{id}', pets)
    updateResource(id, pets, [{ op: 'replace', path: '/pathPart', value: 'dogs' }], scope, ports)
    expect(paths()).toEqual(['/', '/dogs', '/dogs/{id}'])
  })

  test('a resource goes with all below it', () => {
    const { ports, id, create, paths } = api()
    const pets = create('pets')
    create('x', create('{id}', pets))
    deleteResource(id, pets, scope, ports)
    expect(paths()).toEqual(['/'])
  })

  test('the root stays', () => {
    const { ports, id, rootResourceId } = api()
    expect(() => deleteResource(id, rootResourceId, scope, ports)).toThrow(
      expect.objectContaining({ code: 'BadRequestException' }),
    )
  })

  test.each<[string, string[], string]>([
    ['two of a name', ['pets', 'pets'], 'Another resource with the same parent already has this name: pets'],
    ['two variables', ['{id}', '{name}'], 'A sibling ({id}) of this resource already has a variable path part'],
    ['strange letters', ['a b'], "Resource's path part only allow"],
    ['braces in the middle', ['a{b}'], "Resource's path part only allow"],
  ])('%s below one parent are refused', (_name, parts, message) => {
    const { create } = api()
    expect(() => parts.map((part) => create(part))).toThrow(message)
  })

  test('nothing stands below a greedy variable', () => {
    const { create } = api()
    const proxy = create('{proxy+}')
    expect(() => create('x', proxy)).toThrow('Cannot create a child of a resource with a greedy path variable: {proxy+}')
  })

  test('there are 300 at most, and a refusal leaves things as they were', () => {
    const { ports, id, create } = api()
    for (let number = 1; number < MAX_RESOURCES; number += 1) create(`r${number}`)
    expect(() => create('last')).toThrow()
    expect(Object.keys(getDefinition(id, scope, ports).resources)).toHaveLength(MAX_RESOURCES)
  })

  test('the variables of a path', () => {
    expect(variablesOf('/a/{id}/b/{rest+}')).toEqual(['id', 'rest'])
  })
})
