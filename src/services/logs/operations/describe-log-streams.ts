import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { DescribeLogStreams } from '#services/models/logs.ts'
import { getGroup, groupArn, groupNameOf, listStreams } from '../groups.ts'
import { page } from '../pages.ts'

export default operation(DescribeLogStreams, {
  authorize: ({ logGroupName, logGroupIdentifier = '' }, caller) => ({
    action: 'logs:DescribeLogStreams',
    resource: groupArn(caller, logGroupName ?? groupNameOf(logGroupIdentifier)),
  }),

  run(input, caller, ports) {
    const { logStreamNamePrefix = '', orderBy, descending = false, nextToken: token, limit = 50 } = input
    if (orderBy === 'LastEventTime' && logStreamNamePrefix)
      throw new AwsError('InvalidParameterException', 'Cannot order by LastEventTime with a logStreamNamePrefix.')
    const { name: group } = getGroup(caller, groupNameOf(input.logGroupName ?? input.logGroupIdentifier ?? ''), ports)
    const wanted = listStreams(caller, group, ports).filter(({ name }) => name.startsWith(logStreamNamePrefix))
    if (orderBy === 'LastEventTime') wanted.sort((a, b) => (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0))
    if (descending) wanted.reverse()
    const { items, nextToken } = page(wanted, token, limit)
    const logStreams = items.map(({ name, storedBytes: _, ...stream }) => ({
      logStreamName: name,
      ...stream,
      arn: `${groupArn(caller, group)}:log-stream:${name}`,
      // Always 0 since 2019: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogStream.html
      storedBytes: 0,
    }))
    return { logStreams, ...(nextToken !== undefined && { nextToken }) }
  },
})
