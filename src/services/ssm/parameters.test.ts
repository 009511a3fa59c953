import { describe, expect, it } from 'vitest'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { changeParameter, createParameter, deleteParameter, getParameter, parameterArn } from './parameters.ts'
import { selected } from './selected.ts'

const scope = { account: '111122223333', region: 'eu-central-1' }
const settings = { name: '/orders/limit', value: '1', type: 'String' }

describe('parameters', () => {
  it('keep what they held before, by version', () => {
    const ports = fakePorts()
    createParameter(scope, settings, ports)
    changeParameter(scope, { name: settings.name, value: '2', description: 'how many' }, ports)
    expect(selected(scope, '/orders/limit', ports)).toMatchObject({ Value: '2', Version: 2, Type: 'String' })
    expect(selected(scope, '/orders/limit:1', ports)).toMatchObject({ Value: '1', Version: 1, Selector: ':1' })
    expect(() => selected(scope, '/orders/limit:3', ports)).toThrow(/could not find version 3/)
  })

  it('keep a hundred versions', () => {
    const ports = fakePorts()
    createParameter(scope, settings, ports)
    for (let index = 2; index <= 105; index++) changeParameter(scope, { ...settings, value: String(index) }, ports)
    const { versions } = getParameter(scope, settings.name, ports)
    expect([versions.length, versions[0].version, versions.at(-1)?.value]).toEqual([100, 6, '105'])
  })

  it.each(['/orders/limit', 'limit'])('are found by their ARN: %s', (name) => {
    const ports = fakePorts()
    createParameter(scope, { ...settings, name }, ports)
    expect(selected(scope, parameterArn(scope, name), ports).Name).toBe(name)
  })

  it.each([
    ['a second of one name', settings, 'ParameterAlreadyExists'],
    ['without a type', { ...settings, name: 'a', type: undefined }, 'ValidationException'],
    ['a reserved name', { ...settings, name: '/aws/limit' }, 'AccessDeniedException'],
    ['a prefix of the service', { ...settings, name: 'ssm-limit' }, 'ValidationException'],
    ['a path that does not begin at the root', { ...settings, name: 'orders/limit' }, 'ValidationException'],
    ['a character that names may not have', { ...settings, name: 'a b' }, 'ValidationException'],
    ['a value that is too long', { ...settings, name: 'a', value: 'x'.repeat(4097) }, 'ValidationException'],
    [
      'a value that its pattern refuses',
      { ...settings, name: 'a', allowedPattern: '^\\d{2}$' },
      'ParameterPatternMismatchException',
    ],
    ['a secret, which nothing encrypts', { ...settings, name: 'a', type: 'SecureString' }, 'NotImplemented'],
  ])('refuse %s', (_what, asked, code) => {
    const ports = fakePorts()
    createParameter(scope, settings, ports)
    expect(() => createParameter(scope, asked, ports)).toThrow(expect.objectContaining({ code }))
  })

  it('are gone when deleted', () => {
    const ports = fakePorts()
    createParameter(scope, settings, ports)
    expect([deleteParameter(scope, settings.name, ports), deleteParameter(scope, settings.name, ports)]).toEqual([true, false])
    expect(() => getParameter(scope, settings.name, ports)).toThrow(expect.objectContaining({ code: 'ParameterNotFound' }))
  })
})
