import { describe, expect, it } from 'vitest'
import { givenValues } from './given-values.ts'
import { parseTemplate } from './parse.ts'
import { refusalOf } from './testing/refusal.ts'

const template = parseTemplate(`
Parameters:
  Stage: { Type: String, AllowedPattern: '[a-z]+' }
  Count: { Type: Number, Default: 3 }
  Endpoints: { Type: CommaDelimitedList, Default: 'vpce-1, vpce-2' }
  Image: { Type: 'AWS::SSM::Parameter::Value<String>' }
`)

describe('what a transform knows of parameters', () => {
  it.each([
    ['nothing given: only the defaults of lists, as lists', {}, { Endpoints: ['vpce-1', 'vpce-2'] }],
    ['a given list goes before the default', { Endpoints: 'vpce-9' }, { Endpoints: ['vpce-9'] }],
    ['a text and a number', { Stage: 'dev', Count: '4' }, { Endpoints: ['vpce-1', 'vpce-2'], Stage: 'dev', Count: '4' }],
    [
      'the name of a Systems Manager parameter',
      { Image: '/app/image' },
      { Endpoints: ['vpce-1', 'vpce-2'], Image: '/app/image' },
    ],
  ])('%s', (_what, given, expected) => {
    expect(givenValues(template, pairs(given))).toEqual(expected)
  })

  it.each([
    ['a name that is not declared', { Stages: 'dev' }, 'Parameters: [Stages] do not exist in the template', undefined],
    ['a value that the declaration forbids', { Stage: 'Dev' }, "Parameter 'Stage' must match pattern [a-z]+", 3],
    ['a number that is none', { Count: 'many' }, "Parameter 'Count' must be a number.", 4],
  ])('%s is refused', (_what, given, message, line) => {
    const refusal = refusalOf(() => givenValues(template, pairs(given)))
    expect(refusal).toMatchObject({ code: 'ValidationError', message })
    expect(refusal.position?.line).toBe(line)
  })
})

function pairs(given: Readonly<Record<string, string>>) {
  return Object.entries(given).map(([key, value]) => ({ key, value }))
}
