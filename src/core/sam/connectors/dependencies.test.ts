import { describe, expect, it } from 'vitest'
import type { Value, ValueMap } from '../../template/value.ts'
import { generated } from '../generated-resource.ts'
import { dependencies } from './dependencies.ts'

const made = (...ids: string[]) => ids.map((id) => generated(id, 'AWS::IAM::ManagedPolicy', {}))
const waiting = (...dependsOn: Value[]): ValueMap =>
  Object.fromEntries(dependsOn.map((DependsOn, index) => [`Resource${index}`, { Type: 'AWS::Foo::Bar', DependsOn }]))

describe('what waited for a connector', () => {
  it.each<[string, Value, Value]>([
    ['by its name alone', 'Con', ['ConPolicy']],
    ['first of several', ['Con', 'Other'], ['Other', 'ConPolicy']],
    ['and for its policy as well', ['ConPolicy', 'Con'], ['ConPolicy']],
    ['twice', ['Con', 'Con'], ['Con', 'ConPolicy']],
  ])('waits for what was made of it: %s', (_name, dependsOn, expected) => {
    const resources = waiting(dependsOn)
    dependencies(resources).replace('Con', made('ConPolicy'))
    expect(resources['Resource0']).toMatchObject({ DependsOn: expected })
  })

  it.each<[string, Value]>([
    ['another connector', ['Con2']],
    ['nothing', []],
    ['something that is no name', { Ref: 'Con' }],
  ])('is left alone where it waits for %s', (_name, dependsOn) => {
    const resources = waiting(dependsOn)
    dependencies(resources).replace('Con', made('ConPolicy'))
    expect(resources['Resource0']).toEqual({ Type: 'AWS::Foo::Bar', DependsOn: dependsOn })
  })

  it('waits for everything that several connectors made, in their order', () => {
    const resources = waiting(['Con2', 'Con'])
    const links = dependencies(resources)
    links.replace('Con', made('One', 'Two'))
    links.replace('Con2', made('Three'))
    expect(resources['Resource0']).toMatchObject({ DependsOn: ['One', 'Two', 'Three'] })
  })

  it('is replaced too where a connector that came before made it', () => {
    const resources: ValueMap = {}
    const links = dependencies(resources)
    const first = generated('FirstPolicy', 'AWS::IAM::ManagedPolicy', {}, { dependsOn: ['Second'] })
    links.replace('First', [first])
    resources['FirstPolicy'] = { Type: first.type, DependsOn: first.dependsOn! }
    links.replace('Second', made('SecondPolicy'))
    expect(resources['FirstPolicy']).toMatchObject({ DependsOn: ['SecondPolicy'] })
  })
})

describe('a further dependency', () => {
  it.each<[string, Value | undefined, Value]>([
    ['after none', undefined, ['Policy']],
    ['after one by name', 'Other', ['Other', 'Policy']],
    ['after a list', ['Other'], ['Other', 'Policy']],
    ['that is there already', ['Policy', 'Other'], ['Policy', 'Other']],
  ])('is added %s', (_name, dependsOn, expected) => {
    const resource: ValueMap = dependsOn === undefined ? {} : { DependsOn: dependsOn }
    dependencies({ Mapping: resource }).add('Mapping', 'Policy')
    expect(resource['DependsOn']).toEqual(expected)
  })

  it('of a resource that is not there is none', () => {
    expect(() => dependencies({}).add('constructor', 'Policy')).not.toThrow()
  })
})

describe('the event source mapping between two resources', () => {
  const mapping = (source: Value, target: Value): ValueMap => ({
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: source, FunctionName: target },
  })
  const queue = { 'Fn::GetAtt': ['Queue', 'Arn'] }
  const poller = { Ref: 'Poller' }

  it.each<[string, ValueMap, string | undefined]>([
    ['is the only one', { M: mapping(queue, poller), Other: mapping(queue, { Ref: 'Another' }) }, 'M'],
    ['may refer in any form', { M: mapping({ 'Fn::GetAtt': 'Queue.Arn' }, { 'Fn::GetAtt': ['Poller', 'Arn'] }) }, 'M'],
    ['is nobody where there are two', { M: mapping(queue, poller), N: mapping(queue, poller) }, undefined],
    ['is nobody where one end is written out', { M: mapping('arn:aws:sqs:eu-central-1:1:q', poller) }, undefined],
    ['is of the type that polls', { M: { ...mapping(queue, poller), Type: 'AWS::Foo::Bar' } }, undefined],
    ['may be written without properties', { M: { Type: 'AWS::Lambda::EventSourceMapping' } }, undefined],
  ])('%s', (_name, resources, expected) => {
    expect(dependencies(resources).mappingBetween('Queue', 'Poller')).toBe(expected)
  })
})
