import { describe, expect, it } from 'vitest'
import { parseTemplate } from '../template/parse.ts'
import { positionOf } from '../template/position.ts'
import { isMap, type Value } from '../template/value.ts'
import { settlerOf } from './settle.ts'

const template = parseTemplate(`
Mappings:
  Types: {prod: {Endpoint: PRIVATE}, dev: {Endpoint: REGIONAL}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Not [!Condition IsProd]
  IsLarge: !Equals [!Ref Size, large]
  Either: !Or [!Condition IsProd, !Condition IsLarge]
  Circle: !Not [!Condition Circle]
`)
const settler = settlerOf(template, { Stage: 'prod', Ids: ['vpce-1', 'vpce-2'], Port: 443 }, 'cn-north-1')
const read = (text: string): Value => parseTemplate(`V: ${text}`)['V'] ?? null
const plain = (value: unknown) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)))

describe('what a template alone tells of a value', () => {
  it.each<[string, string, unknown]>([
    ['a parameter with a value', '!Ref Stage', 'prod'],
    ['a list', '!Ref Ids', ['vpce-1', 'vpce-2']],
    ['a parameter without one stays', '!Ref Size', { Ref: 'Size' }],
    ['a resource stays', '!GetAtt Endpoint.Id', { 'Fn::GetAtt': ['Endpoint', 'Id'] }],
    [
      'region, partition, suffix',
      "!Sub '${AWS::Region} ${AWS::Partition} ${AWS::URLSuffix}'",
      'cn-north-1 aws-cn amazonaws.com.cn',
    ],
    ['a text of what is known', "!Sub '${Stage}-${Port}'", 'prod-443'],
    ['a text that is known in part', "!Sub '${Stage}-${Endpoint.Id}'", { 'Fn::Sub': 'prod-${Endpoint.Id}' }],
    [
      'variables of its own',
      "!Sub ['${A}-${B}', {A: !Ref Stage, B: !Ref Thing}]",
      { 'Fn::Sub': ['prod-${B}', { B: { Ref: 'Thing' } }] },
    ],
    ['what only looks like a variable', "!Sub '${!Stage}/${Stage}'", '${Stage}/prod'],
    ['a condition that holds', '!If [IsProd, PRIVATE, REGIONAL]', 'PRIVATE'],
    ['one that does not', '!If [IsDev, a, b]', 'b'],
    ['one that is not known', '!If [IsLarge, !Ref Stage, b]', { 'Fn::If': ['IsLarge', 'prod', 'b'] }],
    ['one that is known although not all of it is', '!If [Either, a, b]', 'a'],
    ['one that goes in a circle', '!If [Circle, a, b]', { 'Fn::If': ['Circle', 'a', 'b'] }],
    ['a mapping', '!FindInMap [Types, !Ref Stage, Endpoint]', 'PRIVATE'],
    ['a mapping that has no such key', '!FindInMap [Types, test, Endpoint]', { 'Fn::FindInMap': ['Types', 'test', 'Endpoint'] }],
    ['lists, joined and chosen from', "!Join ['-', [!Ref Stage, !Select [1, !Ref Ids]]]", 'prod-vpce-2'],
    ['what is missing takes its member with it', '{A: !Ref AWS::NoValue, B: [!If [IsDev, x, !Ref AWS::NoValue]]}', { B: [] }],
    ['the name of an import', "!ImportValue {Fn::Sub: '${Stage}-id'}", { 'Fn::ImportValue': 'prod-id' }],
  ])('%s', (_what, text, expected) => {
    expect(plain(settler.settle(read(text)))).toEqual(expected)
  })

  it('keeps the places, and the value that it was given', () => {
    const value = read('{A: !Ref Stage, B: {C: !Ref Ids}}')
    const before = JSON.stringify(value)
    const settled = settler.settle(value)
    expect(JSON.stringify(value)).toBe(before)
    expect(isMap(settled) && positionOf(settled['B'])).toEqual(isMap(value) && positionOf(value['B']))
  })
})
