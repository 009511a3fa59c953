import { operation } from '#kit/operation.ts'
import type { SecurityGroup } from '#services/models/ec2.ts'
import { DescribeSecurityGroups } from '#services/models/ec2.ts'
import { chosen, described, type Filters } from '../describe.ts'
import { SECURITY_GROUP } from '../kinds.ts'
import { noSuchGroupName } from '../security-groups.ts'
import { shownGroup } from '../shown/security-group.ts'

export default operation(DescribeSecurityGroups, {
  authorize: () => ({ action: 'ec2:DescribeSecurityGroups', resource: '*' }),

  run({ GroupIds, GroupNames, ...input }, caller, ports) {
    const all = chosen(SECURITY_GROUP, caller, GroupIds, ports).map((one) => shownGroup(caller, one, ports))
    const unknown = GroupNames?.find((name) => all.every(({ GroupName }) => GroupName !== name))
    if (unknown !== undefined) throw noSuchGroupName(unknown)
    const named = GroupNames && GroupNames.length > 0 ? all.filter(({ GroupName = '' }) => GroupNames.includes(GroupName)) : all
    const { page, ...next } = described(named, input, filters, ({ GroupId }) => GroupId)
    return { SecurityGroups: page, ...next }
  },
})

const filters: Filters<SecurityGroup> = {
  description: ({ Description }) => Description,
  'group-id': ({ GroupId }) => GroupId,
  'group-name': ({ GroupName }) => GroupName,
  'owner-id': ({ OwnerId }) => OwnerId,
  'vpc-id': ({ VpcId }) => VpcId,
  'ip-permission.cidr': ({ IpPermissions = [] }) =>
    IpPermissions.flatMap(({ IpRanges = [] }) => IpRanges.map(({ CidrIp }) => CidrIp)),
  'ip-permission.from-port': ({ IpPermissions = [] }) => IpPermissions.map(({ FromPort }) => FromPort),
  'ip-permission.to-port': ({ IpPermissions = [] }) => IpPermissions.map(({ ToPort }) => ToPort),
  'ip-permission.protocol': ({ IpPermissions = [] }) => IpPermissions.map(({ IpProtocol }) => IpProtocol),
  'ip-permission.group-id': ({ IpPermissions = [] }) =>
    IpPermissions.flatMap(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.map(({ GroupId }) => GroupId)),
  'ip-permission.prefix-list-id': ({ IpPermissions = [] }) =>
    IpPermissions.flatMap(({ PrefixListIds = [] }) => PrefixListIds.map(({ PrefixListId }) => PrefixListId)),
  'egress.ip-permission.cidr': ({ IpPermissionsEgress = [] }) =>
    IpPermissionsEgress.flatMap(({ IpRanges = [] }) => IpRanges.map(({ CidrIp }) => CidrIp)),
  'egress.ip-permission.from-port': ({ IpPermissionsEgress = [] }) => IpPermissionsEgress.map(({ FromPort }) => FromPort),
  'egress.ip-permission.to-port': ({ IpPermissionsEgress = [] }) => IpPermissionsEgress.map(({ ToPort }) => ToPort),
  'egress.ip-permission.protocol': ({ IpPermissionsEgress = [] }) => IpPermissionsEgress.map(({ IpProtocol }) => IpProtocol),
  'egress.ip-permission.group-id': ({ IpPermissionsEgress = [] }) =>
    IpPermissionsEgress.flatMap(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.map(({ GroupId }) => GroupId)),
  'egress.ip-permission.prefix-list-id': ({ IpPermissionsEgress = [] }) =>
    IpPermissionsEgress.flatMap(({ PrefixListIds = [] }) => PrefixListIds.map(({ PrefixListId }) => PrefixListId)),
}
