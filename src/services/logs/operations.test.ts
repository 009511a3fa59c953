import { beforeEach, describe, expect, it } from 'vitest'
import type { Caller, Operation } from '#kit/operation.ts'
import type { Ports } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import createLogGroup from './operations/create-log-group.ts'
import createLogStream from './operations/create-log-stream.ts'
import deleteLogGroup from './operations/delete-log-group.ts'
import describeLogGroups from './operations/describe-log-groups.ts'
import describeLogStreams from './operations/describe-log-streams.ts'
import filterLogEvents from './operations/filter-log-events.ts'
import getLogEvents from './operations/get-log-events.ts'
import putLogEvents from './operations/put-log-events.ts'
import putRetentionPolicy from './operations/put-retention-policy.ts'

const caller: Caller = {
  account: '111122223333',
  region: 'eu-central-1',
  partition: 'aws',
  principalArn: 'arn:aws:iam::111122223333:root',
  requestId: 'r',
  endpoint: 'http://127.0.0.1:4566',
  headers: {},
}
const logGroupName = '/aws/lambda/f'
const logStreamName = '2026/01/01/[$LATEST]0'

let ports: Ports
beforeEach(() => {
  ports = fakePorts()
})

const run = <I, O>({ run: body }: Operation<I, O>, input: I) => body(input, caller, ports) as O
const write = (...messages: [number, string][]) =>
  ports.logs.append(
    caller,
    logGroupName,
    logStreamName,
    messages.map(([timestamp, message]) => ({ timestamp, message })),
  )

describe('a log group', () => {
  it('exists once something was written to it', () => {
    expect(run(describeLogGroups, {}).logGroups).toEqual([])
    write([5, 'line'])
    const arn = 'arn:aws:logs:eu-central-1:111122223333:log-group:/aws/lambda/f'
    expect(run(describeLogGroups, { logGroupNamePrefix: '/aws/lambda/' }).logGroups).toMatchObject([
      { logGroupName, arn: `${arn}:*`, logGroupArn: arn, storedBytes: 4 },
    ])
    expect(run(describeLogGroups, { logGroupNamePrefix: '/other' }).logGroups).toEqual([])
    expect(run(describeLogStreams, { logGroupName }).logStreams).toMatchObject([
      { logStreamName, firstEventTimestamp: 5, arn: `${arn}:log-stream:${logStreamName}` },
    ])
  })

  it('can be made, kept for days, filled and deleted', () => {
    run(createLogGroup, { logGroupName: 'g' })
    expect(() => run(createLogGroup, { logGroupName: 'g' })).toThrow('The specified log group already exists')
    run(putRetentionPolicy, { logGroupName: 'g', retentionInDays: 7 })
    expect(run(describeLogGroups, {}).logGroups).toMatchObject([{ logGroupName: 'g', retentionInDays: 7 }])
    expect(() => run(putLogEvents, { logGroupName: 'g', logStreamName: 's', logEvents: [] })).toThrow(
      'The specified log stream does not exist.',
    )
    run(createLogStream, { logGroupName: 'g', logStreamName: 's' })
    run(putLogEvents, { logGroupName: 'g', logStreamName: 's', logEvents: [{ timestamp: 1, message: 'm' }] })
    expect(run(filterLogEvents, { logGroupName: 'g' }).events).toMatchObject([{ message: 'm', logStreamName: 's' }])
    run(deleteLogGroup, { logGroupName: 'g' })
    expect(() => run(filterLogEvents, { logGroupName: 'g' })).toThrow('The specified log group does not exist.')
  })
})

describe('FilterLogEvents', () => {
  it('pages through what matches, in order of time, each event once', () => {
    write([30, 'c ERROR'], [10, 'a ERROR'], [20, 'b'], [20, 'b ERROR'], [40, 'd ERROR'])
    const seen: (string | undefined)[] = []
    let nextToken: string | undefined
    do {
      const answer = run(filterLogEvents, { logGroupName, filterPattern: 'ERROR', limit: 1, nextToken })
      seen.push(...(answer.events ?? []).map(({ message }) => message))
      nextToken = answer.nextToken
    } while (nextToken !== undefined)
    expect(seen).toEqual(['a ERROR', 'b ERROR', 'c ERROR', 'd ERROR'])
    expect(run(filterLogEvents, { logGroupName, startTime: 20, endTime: 30 }).events).toHaveLength(3)
    expect(() => run(filterLogEvents, { logGroupName, nextToken: 'x' })).toThrow('nextToken is invalid')
  })
})

describe('GetLogEvents', () => {
  it('begins at the end unless told, and its tokens lead both ways', () => {
    write([1, 'a'], [2, 'b'], [3, 'c'])
    const texts = (answer: { events?: readonly { message?: string | undefined }[] | undefined }) =>
      answer.events?.map(({ message }) => message)
    const last = run(getLogEvents, { logGroupName, logStreamName, limit: 2 })
    expect(texts(last)).toEqual(['b', 'c'])
    expect(texts(run(getLogEvents, { logGroupName, logStreamName, nextToken: last.nextBackwardToken }))).toEqual(['a'])
    const end = run(getLogEvents, { logGroupName, logStreamName, nextToken: last.nextForwardToken })
    expect(end).toMatchObject({ events: [], nextForwardToken: last.nextForwardToken })
    write([4, 'd'])
    expect(texts(run(getLogEvents, { logGroupName, logStreamName, nextToken: end.nextForwardToken }))).toEqual(['d'])
    expect(texts(run(getLogEvents, { logGroupName, logStreamName, startFromHead: true, limit: 1 }))).toEqual(['a'])
  })
})
