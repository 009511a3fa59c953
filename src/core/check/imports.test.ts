import { describe, expect, it } from 'vitest'
import { parseTemplate } from '../template/parse.ts'
import { behindImport } from './imports.ts'
import { subjectsOf } from './subjects.ts'

const found = (exported: string, value: string, imported: string) => {
  const written = parseTemplate(
    `Resources: {Vpc: {Type: AWS::EC2::VPC}}\nOutputs: {Id: {Value: ${value}, Export: {Name: ${exported}}}}`,
  )
  const subjects = subjectsOf([{ file: 'a.yaml', written, expanded: written, region: 'eu-central-1', parameters: {} }])
  const asked = parseTemplate(`V: ${imported}`)['V'] ?? null
  return behindImport(asked, subjects)?.id
}

describe('the resource behind an import', () => {
  it.each([
    ['the same name', 'vpc-id', '!Ref Vpc', '!ImportValue vpc-id', 'Vpc'],
    ['another name', 'vpc-id', '!Ref Vpc', '!ImportValue vpc', undefined],
    ['an attribute', 'vpc-id', '!GetAtt Vpc.VpcId', '!ImportValue vpc-id', 'Vpc'],
    [
      "the exporting stack's name, whatever it is",
      "!Sub '${AWS::StackName}-vpc-id'",
      '!Ref Vpc',
      '!ImportValue network-vpc-id',
      'Vpc',
    ],
    [
      'what has only the end in common',
      "!Sub 'x-${AWS::StackName}-vpc-id'",
      '!Ref Vpc',
      '!ImportValue network-vpc-id',
      undefined,
    ],
    [
      'two names that are not known, alike',
      "!Sub '${AWS::StackName}-id'",
      '!Ref Vpc',
      "{Fn::ImportValue: !Sub '${Network}-id'}",
      'Vpc',
    ],
    [
      'two names that are not known, unlike',
      "!Sub '${AWS::StackName}-id'",
      '!Ref Vpc',
      "{Fn::ImportValue: !Sub '${Network}-arn'}",
      undefined,
    ],
    ['a value that is no resource', 'vpc-id', 'vpc-1', '!ImportValue vpc-id', undefined],
    ['no import', 'vpc-id', '!Ref Vpc', '!Ref Vpc', undefined],
  ])('%s', (_what, exported, value, imported, expected) => {
    expect(found(exported, value, imported)).toBe(expected)
  })
})
