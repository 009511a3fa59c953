import { operation } from '#kit/operation.ts'
import { GetLogEvents } from '#services/models/logs.ts'
import { getStream, groupArn, groupNameOf } from '../groups.ts'
import { compareTo, cursorOf, readCursor } from '../pages.ts'

/** Tokens are `f/` or `b/`, for forward and backward, and the event that a page ended or began with. */
export default operation(GetLogEvents, {
  authorize: ({ logGroupName, logGroupIdentifier = '', logStreamName }, caller) => ({
    action: 'logs:GetLogEvents',
    resource: `${groupArn(caller, logGroupName ?? groupNameOf(logGroupIdentifier))}:log-stream:${logStreamName}`,
  }),

  run(input, caller, ports) {
    const { logStreamName: stream, startTime: from, endTime: to, nextToken: token, limit = 10_000, startFromHead = false } = input
    const group = groupNameOf(input.logGroupName ?? input.logGroupIdentifier ?? '')
    getStream(caller, group, stream, ports)
    const window = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
    const all = ports.logs.read(caller, group, { streams: [stream], ...window })
    const cursor = token === undefined ? undefined : readCursor(token.slice(2))
    const backward = token === undefined ? !startFromHead : token.startsWith('b/')
    const side = cursor ? all.filter((event) => (backward ? compareTo(event, cursor) < 0 : compareTo(event, cursor) > 0)) : all
    const events = backward ? side.slice(-limit) : side.slice(0, limit)
    const [first] = events
    const last = events.at(-1)
    // A page without events answers the token it was asked with: that is how a client knows that it has come to the end.
    const here = token?.slice(2) ?? '0.0'
    return {
      events: events.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
      nextForwardToken: `f/${last ? cursorOf(last) : here}`,
      nextBackwardToken: `b/${first ? cursorOf(first) : here}`,
    }
  },
})
