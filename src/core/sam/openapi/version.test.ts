import { expect, it } from 'vitest'
import { parseTemplate } from '../../template/parse.ts'
import { isVersion3, versionText } from './version.ts'

it.each([
  ['3', '3', false],
  ['3.0', '3.0', true],
  ['3.00', '3.0', true],
  ['3.1', '3.1', true],
  ["'3.0.1'", '3.0.1', true],
  ["'3'", '3', false],
  ['2.0', '2.0', false],
  ['3.0.1', '3.0.1', true],
  ['null', 'None', false],
])('a version written as %s is read as %s', (written, text, third) => {
  const holder = parseTemplate(`openapi: ${written}`)
  expect(versionText(holder, 'openapi')).toBe(text)
  expect(isVersion3(holder, 'openapi')).toBe(third)
})
