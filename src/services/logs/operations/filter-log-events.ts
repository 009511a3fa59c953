import { operation } from '#kit/operation.ts'
import { FilterLogEvents } from '#services/models/logs.ts'
import { filterPattern } from '../filter-pattern.ts'
import { getGroup, groupArn, groupNameOf, listStreams } from '../groups.ts'
import { compareTo, cursorOf, readCursor } from '../pages.ts'

export default operation(FilterLogEvents, {
  authorize: ({ logGroupName, logGroupIdentifier = '' }, caller) => ({
    action: 'logs:FilterLogEvents',
    resource: groupArn(caller, logGroupName ?? groupNameOf(logGroupIdentifier)),
  }),

  run(input, caller, ports) {
    const { startTime: from = 0, endTime, nextToken, limit = 10_000, logStreamNamePrefix } = input
    const matches = filterPattern(input.filterPattern ?? '')
    const { name: group } = getGroup(caller, groupNameOf(input.logGroupName ?? input.logGroupIdentifier ?? ''), ports)
    const cursor = nextToken === undefined ? undefined : readCursor(nextToken)
    const streams =
      logStreamNamePrefix === undefined
        ? input.logStreamNames
        : listStreams(caller, group, ports).flatMap(({ name }) => (name.startsWith(logStreamNamePrefix) ? [name] : []))
    const filter = {
      from: Math.max(from, cursor?.timestamp ?? 0),
      ...(endTime !== undefined && { to: endTime }),
      ...(streams && { streams }),
    }
    const found = ports.logs
      .read(caller, group, filter)
      .filter((event) => (cursor === undefined || compareTo(event, cursor) > 0) && matches(event.message))
    const events = found.slice(0, limit)
    const last = events.at(-1)
    return {
      events: events.map(({ id, stream, timestamp, message, ingestionTime }) => ({
        logStreamName: stream,
        timestamp,
        message,
        ingestionTime,
        // Numeric on AWS, and of 56 digits; clients only tell events apart by it.
        eventId: id.padStart(56, '0'),
      })),
      // Empty since 2019: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
      searchedLogStreams: [],
      ...(last && found.length > limit && { nextToken: cursorOf(last) }),
    }
  },
})
