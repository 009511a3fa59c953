import { describe, expect, it } from 'vitest'
import { parseTemplate } from '../../template/parse.ts'
import { at, plain, refusalOf, transformed } from '../testing/transformed.ts'
import { transform } from '../transform.ts'
import type { AskRepository } from '../transform-context.ts'

const PARAMETERS = `Parameters:
  Id: { Type: String, Default: arn:one }
  Version: { Type: String, Default: 1.2.3 }
Mappings:
  Published: { eu-central-1: { Id: arn:two, Old: 0.1.0 } }
`
const application = (location: string, more = '') => `${PARAMETERS}Resources:
  App:
    Type: AWS::Serverless::Application
    Properties:
      Location: ${location}
      ${more}
`
const twice = (location: string) => `${application(location)}
  Again: { Type: AWS::Serverless::Application, Properties: { Location: ${location} } }`
const applications: AskRepository = (id, version) =>
  id === 'gone' ? { refusal: `no ${id}` } : { templateUrl: `https://templates/${id}/${version}`, pending: id === 'late' }

const refused = (location: string, more = {}) =>
  refusalOf(application(location), { applications, ...more }).replace('Resource with id [App] is invalid. ', '')

describe('a nested application', () => {
  it('of a template that is at hand is a stack with the properties of one', () => {
    const more = `Parameters: { Size: 2 }
      NotificationARNs: [arn:topic, !Ref Topic]
      TimeoutInMinutes: 15
      Tags: { Team: one }`
    expect(plain(transformed(application('https://bucket/template.yaml', more))['App'])).toEqual({
      Type: 'AWS::CloudFormation::Stack',
      Properties: {
        TemplateURL: 'https://bucket/template.yaml',
        Parameters: { Size: 2 },
        NotificationARNs: ['arn:topic', { Ref: 'Topic' }],
        TimeoutInMinutes: 15,
        Tags: [
          { Key: 'lambda:createdBy', Value: 'SAM' },
          { Key: 'Team', Value: 'one' },
        ],
      },
    })
  })

  it.each([
    ['as it is written', '{ ApplicationId: arn:three, SemanticVersion: 1.0.0 }', 'arn:three', '1.0.0'],
    ['by parameters', '{ ApplicationId: !Ref Id, SemanticVersion: !Ref Version }', 'arn:one', '1.2.3'],
    [
      'by mappings',
      "{ ApplicationId: !FindInMap [Published, !Ref 'AWS::Region', Id], SemanticVersion: !FindInMap [Published, !Ref 'AWS::Region', Old] }",
      'arn:two',
      '0.1.0',
    ],
  ])('of the repository is asked for and tagged, named %s', (_name, location, id, version) => {
    const { Properties } = transformed(application(location), { applications })['App'] as { Properties: never }
    expect(at(Properties, 'TemplateURL')).toBe(`https://templates/${id}/${version}`)
    expect(plain(at(Properties, 'Tags'))).toEqual([
      { Key: 'lambda:createdBy', Value: 'SAM' },
      { Key: 'serverlessrepo:applicationId', Value: id },
      { Key: 'serverlessrepo:semanticVersion', Value: version },
    ])
  })

  it('of one version is asked for once', () => {
    const asked: string[] = []
    const location = '{ ApplicationId: arn:one, SemanticVersion: 1.0.0 }'
    transformed(twice(location), {
      applications(id, version) {
        asked.push(`${id} ${version}`)
        return { templateUrl: 'https://templates' }
      },
    })
    expect(asked).toEqual(['arn:one 1.0.0'])
  })

  it.each([
    ['what the repository refuses', '{ ApplicationId: gone, SemanticVersion: 1.0.0 }', 'no gone'],
    [
      'a reference to SSM',
      "{ ApplicationId: '{{resolve:ssm:/app}}', SemanticVersion: 1.0.0 }",
      /Repostiory does not support dynamic/,
    ],
    ['an unknown reference', '{ ApplicationId: !Ref Other, SemanticVersion: 1.0.0 }', /'ApplicationId' cannot be resolved/],
    ['a version that is a function', '{ ApplicationId: a, SemanticVersion: !Ref Other }', /'SemanticVersion' cannot be resolved/],
    ['no version', '{ ApplicationId: a }', 'Resource is missing the required [SemanticVersion] property.'],
    ['an empty version', "{ ApplicationId: a, SemanticVersion: '' }", "Property 'SemanticVersion' cannot be blank."],
    [
      'a version that is a number',
      '{ ApplicationId: a, SemanticVersion: 1.5 }',
      "Property 'Location.SemanticVersion' should be a string.",
    ],
    ['a location that is a list', '[a]', "Type of property 'Location' is invalid."],
  ])('is refused: %s', (_name, location, text) => {
    if (typeof text === 'string') expect(refused(location)).toBe(text)
    else expect(refused(location)).toMatch(text)
  })

  it('of the repository is refused in regions without one', () => {
    const location = '{ ApplicationId: a, SemanticVersion: 1.0.0 }'
    expect(refused(location, { region: 'eusc-de-east-1' })).toBe(
      'Serverless Application Repository is not available in this region.',
    )
  })

  it('of the repository is refused where nobody can ask it, with what to write instead and where', () => {
    const result = transform(parseTemplate(application('{ ApplicationId: arn:app, SemanticVersion: 1.0.0 }')), {
      parameters: {},
      region: 'eu-central-1',
    })
    expect(result).toMatchObject({
      ok: false,
      causes: [
        {
          message:
            'Resource with id [App] is invalid. application `arn:app` is in the Serverless Application Repository, ' +
            'which cannot be reached from here; give the URL of its template as `Location` instead (line 10, column 34)',
          position: { line: 10, column: 34 },
        },
      ],
    })
  })

  it('whose template is not ready in time is refused by its own name', () => {
    expect(refusalOf(application('{ ApplicationId: late, SemanticVersion: 1.0.0 }'), { applications })).toBe(
      "Resource with id [['late']] is invalid. Timed out waiting for nested stack templates to reach ACTIVE status.",
    )
  })

  it('that cannot be had is reported once, in the name of the first that wants it', () => {
    const location = '{ ApplicationId: gone, SemanticVersion: 1.0.0 }'
    expect(refusalOf(twice(location), { applications })).toBe('Resource with id [App] is invalid. no gone')
  })
})
