import { describe, expect, it } from 'vitest'
import { AwsError } from '../aws/aws-error.ts'
import { parseTemplate } from '../template/parse.ts'
import { positionOf } from '../template/position.ts'
import { refusalOf } from '../template/testing/refusal.ts'
import { isMap, type Value, type ValueMap } from '../template/value.ts'
import { type Expansion, expandTemplate } from './expand.ts'
import { snippetLocations } from './include.ts'

const snippets: Readonly<Record<string, string>> = {
  's3://b/topic.yaml': 'Included:\n  Type: AWS::SNS::Topic\n  Properties: { TopicName: { Ref: Name } }',
  's3://b/name.json': '{ "TopicName": "from a snippet", "Tags": [] }',
  's3://b/mapping.yaml': 'prod: { Size: 3 }',
  's3://b/outputs.yaml': 'Outputs:\n  FromSnippet: { Value: x }',
  's3://b/loop.yaml': "Fn::ForEach::L: [N, [a, b], { 'R${N}': { Type: T, Properties: { V: { Ref: N } } } }]",
  's3://b/function.yaml':
    'F:\n  Type: AWS::Serverless::Function\n  Properties: { Runtime: nodejs22.x, Handler: h.h, CodeUri: s3://b/k, Role: arn:aws:iam::1:role/r }',
  's3://b/short.yaml': 'TopicName: !Ref Name',
  's3://b/list.yaml': '[a, b]',
  's3://b/nested.yaml': 'A: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: s3://b/name.json } } }',
}

function snippet(location: string): string {
  const text = snippets[location]
  if (text === undefined) throw new AwsError('ValidationError', `Transform AWS::Include failed with: no ${location}`)
  return text
}

const expanded = (text: string, more: Partial<Expansion> = {}): ValueMap =>
  expandTemplate({ template: parseTemplate(text), parameters: {}, region: 'us-east-1', snippet, ...more })

const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? null))
const include = (location: string) => `Fn::Transform: { Name: AWS::Include, Parameters: { Location: ${location} } }`

describe('AWS::Include', () => {
  it.each<[string, string, string, Value]>([
    [
      'resources, after those that are there',
      `Resources:\n  Own: { Type: T }\n  ${include('s3://b/topic.yaml')}\n  Last: { Type: T }`,
      'Resources',
      {
        Own: { Type: 'T' },
        Last: { Type: 'T' },
        Included: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { Ref: 'Name' } } },
      },
    ],
    [
      'properties, JSON in YAML',
      `Resources: { A: { Type: T, Properties: { Own: 1, ${include('s3://b/name.json')} } } }`,
      'Resources',
      { A: { Type: 'T', Properties: { Own: 1, TopicName: 'from a snippet', Tags: [] } } },
    ],
    [
      'what the template has too: the snippet counts, in the place where it was',
      `Resources: { A: { Type: T, Properties: { TopicName: x, Own: 1, ${include('s3://b/name.json')} } } }`,
      'Resources',
      { A: { Type: 'T', Properties: { TopicName: 'from a snippet', Own: 1, Tags: [] } } },
    ],
    [
      'a mapping',
      `Mappings: { M: { ${include('s3://b/mapping.yaml')} } }\nResources: { A: { Type: T } }`,
      'Mappings',
      { M: { prod: { Size: 3 } } },
    ],
    [
      'a section',
      `Transform: { Name: AWS::Include, Parameters: { Location: s3://b/outputs.yaml } }\nResources: { A: { Type: T } }`,
      'Outputs',
      { FromSnippet: { Value: 'x' } },
    ],
    [
      'several, in order',
      'Resources: { A: { Type: T, Properties: { Fn::Transform: [{ Name: AWS::Include, Parameters: { Location: s3://b/mapping.yaml } }, { Name: AWS::Include, Parameters: { Location: s3://b/name.json } }] } } }',
      'Resources',
      { A: { Type: 'T', Properties: { prod: { Size: 3 }, TopicName: 'from a snippet', Tags: [] } } },
    ],
    [
      'by its short form',
      'Resources: { A: { Type: T, Properties: !Transform { Name: AWS::Include, Parameters: { Location: s3://b/mapping.yaml } } } }',
      'Resources',
      { A: { Type: 'T', Properties: { prod: { Size: 3 } } } },
    ],
  ])('brings in %s', (_what, text, section, result) => {
    const made = expanded(text)
    expect(plain(made[section])).toEqual(result)
    expect(Object.keys(plain(made[section]))).toEqual(Object.keys(result as ValueMap))
    expect(made).not.toHaveProperty('Transform')
  })

  it('takes a location that is a function of parameters', () => {
    const text = `Parameters: { B: { Type: String } }\nResources: { A: { Type: T, Properties: { ${include('!Sub "s3://${B}/mapping.yaml"')} } } }`
    const parameters = { B: 'b' }
    expect(plain(expanded(text, { parameters })['Resources'])).toEqual({ A: { Type: 'T', Properties: { prod: { Size: 3 } } } })
    const locations = snippetLocations({ template: parseTemplate(text), parameters, region: 'us-east-1' })
    expect(locations).toEqual([{ location: 's3://b/mapping.yaml', at: { line: 2, column: 108 } }])
  })

  it('keeps the places of the snippet, by its location', () => {
    const resources = expanded(`Resources: { ${include('s3://b/topic.yaml')} }`)['Resources']
    const topic = isMap(resources) ? resources['Included'] : undefined
    expect(positionOf(topic)).toEqual({ file: 's3://b/topic.yaml', line: 2, column: 3 })
  })

  it('leaves what cannot be read here where it is', () => {
    const text = `Resources: { A: { Type: T, Properties: { Own: 1, ${include('s3://b/name.json')}, Other: 2 } } }`
    const template = parseTemplate(text)
    expect(JSON.stringify(expandTemplate({ template, parameters: {}, region: 'us-east-1' }))).toBe(JSON.stringify(template))
    expect(JSON.stringify(expanded(text, { snippet: () => undefined }))).toBe(JSON.stringify(template))
  })

  it.each([
    [
      'short functions',
      's3://b/short.yaml',
      "The specified S3 object's content should be valid Yaml/JSON",
      's3://b/short.yaml',
      1,
    ],
    ['a list', 's3://b/list.yaml', "The specified S3 object's content should be valid Yaml/JSON", 's3://b/list.yaml', 1],
    ['a snippet of a snippet', 's3://b/nested.yaml', "The specified S3 object's content should be valid Yaml/JSON", undefined, 2],
    ['what is not there', 's3://b/none.yaml', 'no s3://b/none.yaml', undefined, 2],
    ['what no parameter names', '!Ref Nothing', 'The location parameter is not a valid S3 uri.', undefined, 2],
    ['a list of locations', '[s3://b/name.json]', 'The location parameter is not a valid S3 uri.', undefined, 2],
  ])('refuses %s', (_what, location, reason, file, line) => {
    const refusal = refusalOf(() => expanded(`Resources:\n  ${include(location)}`))
    expect(refusal.message).toBe(`Transform AWS::Include failed with: ${reason}`)
    expect(refusal.position).toMatchObject({ line, ...(file && { file }) })
  })

  it('refuses a template that would become too large, however small its text', () => {
    const members = Array.from(
      { length: 30 },
      (_, index) => `  A${index}: { Type: T, Properties: { ${include('s3://b/large.yaml')} } }`,
    )
    const large = `A: ${'x'.repeat(50_000)}`
    const refusal = refusalOf(() => expanded(`Resources:\n${members.join('\n')}`, { snippet: () => large }))
    expect(refusal.message).toBe('Transform AWS::Include failed with: Template may not exceed 1048576 bytes in size.')
  })
})

describe('transforms in their order', () => {
  const ids = (template: ValueMap) => Object.keys(plain(template['Resources']))

  it('those in the middle run first, so that a loop may come out of a snippet', () => {
    expect(ids(expanded(`Transform: AWS::LanguageExtensions\nResources: { ${include('s3://b/loop.yaml')} }`))).toEqual([
      'Ra',
      'Rb',
    ])
  })

  it('a snippet of a whole template is there for the transforms after it', () => {
    const text = (transforms: string) => `Transform: [${transforms}]\nResources: { Own: { Type: AWS::SNS::Topic } }`
    const included = '{ Name: AWS::Include, Parameters: { Location: s3://b/sections.yaml } }'
    const more = { snippet: () => 'Resources: { Fn::ForEach::L: [N, [a, b], { "R${N}": { Type: T } }] }' }
    expect(ids(expanded(text(`${included}, AWS::LanguageExtensions`), more))).toEqual(['Ra', 'Rb'])
    expect(ids(expanded(text(`AWS::LanguageExtensions, ${included}`), more))).toEqual(['Fn::ForEach::L'])
  })

  it('the deepest runs before what is around it', () => {
    const seen: string[] = []
    const text = `Resources: { ${include('s3://b/outer')}, A: { Type: T, Properties: { ${include('s3://b/inner')} } } }`
    const template = parseTemplate(text)
    const read = (location: string) => {
      seen.push(location)
      return '{}'
    }
    expanded(text, { snippet: read })
    expect(seen).toEqual(['s3://b/inner', 's3://b/outer'])
    const locations = snippetLocations({ template, parameters: {}, region: 'us-east-1' })
    expect(locations.map(({ location }) => location)).toEqual(seen)
  })

  it('functions that loops make become SAM functions', () => {
    const template = expanded(
      `
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters: { Names: { Type: CommaDelimitedList } }
Globals: { Function: { Runtime: nodejs22.x } }
Resources:
  Fn::ForEach::Functions:
    - Name
    - !Ref Names
    - \${Name}Function:
        Type: AWS::Serverless::Function
        Properties: { Handler: !Sub "\${Name}.handler", CodeUri: s3://b/k, MemorySize: { Fn::Length: [a, b] } }
`,
      { parameters: { Names: ['get', 'put'] } },
    )
    expect(ids(template)).toEqual(['getFunction', 'getFunctionRole', 'putFunction', 'putFunctionRole'])
    expect(plain(template)).toMatchObject({
      Resources: { putFunction: { Properties: { Handler: 'put.handler', MemorySize: 2 } } },
    })
  })

  it('parameters that are not given have their defaults; those without are left for the stack', () => {
    const text = `
Transform: AWS::LanguageExtensions
Parameters:
  Text: { Type: String, Default: t }
  Number: { Type: Number, Default: 1.50 }
  Numbers: { Type: List<Number>, Default: '1, 2' }
  Given: { Type: String, Default: t }
  None: { Type: String }
  Named: { Type: AWS::SSM::Parameter::Value<String>, Default: /a/name }
Resources:
  A: { Type: T, Properties: { V: [!Ref Text, !Ref Number, !Ref Numbers, !Ref Given, !Ref None, !Ref Named] } }
`
    const values = ['t', '1.50', ['1', '2'], 'g', { Ref: 'None' }, { Ref: 'Named' }]
    expect(plain(expanded(text, { parameters: { Given: 'g' } })['Resources'])).toEqual({
      A: { Type: 'T', Properties: { V: values } },
    })
  })

  it.each([
    [
      'one of the whole template in the middle',
      'Resources: { A: { Type: T, Properties: { Fn::Transform: { Name: AWS::LanguageExtensions } } } }',
      'Transform AWS::LanguageExtensions failed with: the transform can be declared only at the top level of a template',
    ],
    ['one that nobody knows', 'Transform: Mine\nResources: { A: { Type: T } }', 'No transform named Mine found.'],
    [
      'one that nobody knows, in the middle',
      'Resources: { A: { Type: T, Properties: { Fn::Transform: { Name: Mine } } } }',
      'No transform named Mine found.',
    ],
    [
      "one of AWS's that is not there",
      'Transform: AWS::CodeDeployBlueGreen\nResources: { A: { Type: T } }',
      'Postern does not carry out the transform AWS::CodeDeployBlueGreen; write what it would insert into the template',
    ],
    [
      'no name',
      'Transform: 5\nResources: { A: { Type: T } }',
      'Template format error: Every transform must be a name, or an object with a Name and Parameters',
    ],
    [
      'a name that is a function',
      'Transform: { Name: !Ref N }\nResources: { A: { Type: T } }',
      'Template format error: Every transform must be a name, or an object with a Name and Parameters',
    ],
  ])('refuses %s', (_what, text, message) => {
    const refusal = refusalOf(() => expanded(text))
    expect(refusal.message).toBe(message)
    expect(refusal.position?.line).toBe(1)
  })

  it('answers a template without transforms as it is, and changes none', () => {
    const template = parseTemplate('Resources: { A: { Type: T, Properties: { V: !Ref AWS::NoValue } } }')
    expect(expandTemplate({ template, parameters: {}, region: 'us-east-1' })).toEqual(template)
    const text = `Transform: AWS::LanguageExtensions\nResources: { Fn::ForEach::L: [N, [a], { "R\${N}": { Type: T } }], ${include('s3://b/topic.yaml')} }`
    const given = parseTemplate(text)
    expanded(text, { template: given })
    expect(given).toEqual(parseTemplate(text))
  })
})
