import { describe, expect, it } from 'vitest'
import { checkMappingTemplate, compileAccessLogFormat, compileTemplate, type TemplateScope } from './mapping-template.ts'

const parameters: Readonly<Record<string, string>> = { 'path id': '42', 'any q': 'a b', 'header Accept': '*/*' }
const scope: TemplateScope = {
  context: (path) => ({ requestId: 'r1', 'identity.sourceIp': '10.0.0.1' })[path],
  stageVariables: { colour: 'red', 'odd-name': 'x' },
  parameter: (name, place) => parameters[`${place ?? 'any'} ${name}`],
  body: '{"a":1}',
}

describe('compileTemplate', () => {
  it.each([
    ['plain {"a": 1}', 'plain {"a": 1}'],
    ['$context.requestId', 'r1'],
    ['${context.requestId}x', 'r1x'],
    ['$!context.requestId.', 'r1.'],
    ['"$context.identity.sourceIp"', '"10.0.0.1"'],
    ['[$context.absent]', '[-]'],
    ['$stageVariables.colour ${stageVariables.colour}', 'red red'],
    ["$stageVariables['odd-name']", 'x'],
    ["$input.params('q')", 'a b'],
    ['$input.params("q")', 'a b'],
    ['$input.params().path.id', '42'],
    ["$input.params().header['Accept']", '*/*'],
    ['$input.body', '{"a":1}'],
    ['costs $5, colour #ffffff, $', 'costs $5, colour #ffffff, $'],
  ])('renders %s', (template, expected) => {
    const compiled = compileTemplate(template)
    expect(typeof compiled === 'function' ? compiled(scope, '-') : compiled.problem).toBe(expected)
  })

  it.each([
    '#set($x = 1)',
    '#if(true)x#end',
    '## a comment',
    '#foreach($a in $b)',
    '$util.escapeJavaScript("x")',
    "$input.json('$')",
    '$x',
    '$context.a.toString()',
    '$input.params()',
  ])('says that %s is not supported', (template) => expect(checkMappingTemplate(template)).toMatch(/which is not supported$/))
})

describe('compileAccessLogFormat', () => {
  it.each([
    ['{ "id": "$context.requestId", "ip": "$context.identity.sourceIp" }', '{ "id": "r1", "ip": "10.0.0.1" }'],
    ['$context.absent $context.requestId.', '- r1.'],
    ['#set $input.body $5', '#set $input.body $5'],
  ])('renders %s', (format, expected) => expect(compileAccessLogFormat(format)(scope)).toBe(expected))
})
