import { describe, expect, it } from 'vitest'
import type { ShownStackEvent } from '#app/stack-events-of.ts'
import { eventLine, failureOf } from './stack-event.ts'

const event = (
  ResourceStatus: string,
  ResourceStatusReason?: string,
  position?: ShownStackEvent['position'],
): ShownStackEvent => ({
  EventId: '1',
  Timestamp: '2026-01-02T03:04:05.678Z',
  LogicalResourceId: 'Api',
  PhysicalResourceId: '',
  ResourceType: 'AWS::ApiGateway::RestApi',
  ResourceStatus,
  ...(ResourceStatusReason !== undefined && { ResourceStatusReason }),
  ...(position && { position }),
})
const place = { file: 'service.yaml', line: 7, column: 3 }

describe('why a stack did not come to what was wanted', () => {
  it.each([
    ['nothing failed', [event('CREATE_IN_PROGRESS', 'Resource creation Initiated'), event('CREATE_COMPLETE')], undefined],
    [
      'a resource',
      [event('CREATE_FAILED', 'taken', place), event('ROLLBACK_IN_PROGRESS', 'The following…')],
      'Api (service.yaml:7:3): taken',
    ],
    ['only the stack', [event('UPDATE_ROLLBACK_IN_PROGRESS', 'No export named x found')], 'Api: No export named x found'],
    ['the first of two', [event('CREATE_FAILED', 'taken'), event('CREATE_FAILED', 'Resource creation cancelled')], 'Api: taken'],
    ['a deletion', [event('DELETE_FAILED', 'not empty')], 'Api: not empty'],
  ])('%s', (_what, events, reason) => {
    expect(failureOf(events)).toBe(reason)
  })
})

describe('an event on a line', () => {
  it.each([
    ['without a reason', event('CREATE_COMPLETE'), '03:04:05.678  CREATE_COMPLETE       Api AWS::ApiGateway::RestApi'],
    ['with one', event('CREATE_IN_PROGRESS', 'Resource creation Initiated'), /RestApi {2}Resource creation Initiated$/],
    ['a failure', event('CREATE_FAILED', 'taken', place), /RestApi\n {4}taken\n {4}service\.yaml:7:3$/],
    ['turning back', event('ROLLBACK_IN_PROGRESS', 'No export named x found'), /RestApi\n {4}No export named x found$/],
  ])('%s', (_what, told, line) => {
    expect(eventLine(told)).toMatch(line)
  })
})
