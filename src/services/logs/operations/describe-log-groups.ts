import { operation } from '#kit/operation.ts'
import { DescribeLogGroups } from '#services/models/logs.ts'
import { groupArn, groupNameOf, listGroups, listStreams } from '../groups.ts'
import { page } from '../pages.ts'

export default operation(DescribeLogGroups, {
  authorize: (_input, caller) => ({ action: 'logs:DescribeLogGroups', resource: groupArn(caller, '*') }),

  run(input, caller, ports) {
    const { logGroupNamePrefix = '', logGroupNamePattern = '', logGroupIdentifiers, nextToken: token, limit = 50 } = input
    const named = logGroupIdentifiers?.map(groupNameOf)
    const wanted = listGroups(caller, ports).filter(
      ({ name }) =>
        name.startsWith(logGroupNamePrefix) &&
        name.toLowerCase().includes(logGroupNamePattern.toLowerCase()) &&
        (named === undefined || named.includes(name)),
    )
    const { items, nextToken } = page(wanted, token, limit)
    const logGroups = items.map(({ name, createdAt, retentionInDays, kmsKeyId }) => ({
      logGroupName: name,
      creationTime: createdAt,
      ...(retentionInDays !== undefined && { retentionInDays }),
      metricFilterCount: 0,
      arn: `${groupArn(caller, name)}:*`,
      storedBytes: listStreams(caller, name, ports).reduce((sum, { storedBytes }) => sum + storedBytes, 0),
      ...(kmsKeyId !== undefined && { kmsKeyId }),
      logGroupClass: 'STANDARD' as const,
      logGroupArn: groupArn(caller, name),
    }))
    return { logGroups, ...(nextToken !== undefined && { nextToken }) }
  },
})
