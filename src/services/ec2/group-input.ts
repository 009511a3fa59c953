import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { IpPermission } from '#services/models/ec2.ts'
import { defaultVpcOf } from './default-vpc.ts'
import { type Ec2, listAll, SECURITY_GROUP } from './kinds.ts'
import { type NewRule, ruleFrom, rulesFrom } from './security-group-rules.ts'
import { noSuchGroupName } from './security-groups.ts'

/** The group that a call means: by its id, or in the default VPC by its name. */
export function groupNamed(
  scope: Scope,
  { GroupId, GroupName }: { readonly GroupId?: string | undefined; readonly GroupName?: string | undefined },
  ports: Ec2,
): string {
  if (GroupId !== undefined) return GroupId
  if (GroupName === undefined)
    throw new AwsError('MissingParameter', 'The request must contain the parameter groupName or groupId')
  const vpcId = defaultVpcOf(scope, ports).id
  const group = listAll(SECURITY_GROUP, scope, ports).find((one) => one.vpcId === vpcId && one.name === GroupName)
  if (!group) throw noSuchGroupName(GroupName)
  return group.id
}

/** The rules that a call gives: a list of permissions, or the members of a single one. */
export function rulesGiven(
  direction: NewRule['direction'],
  input: {
    readonly IpPermissions?: readonly IpPermission[] | undefined
    readonly IpProtocol?: string | undefined
    readonly FromPort?: number | undefined
    readonly ToPort?: number | undefined
    readonly CidrIp?: string | undefined
  },
  account: string,
): readonly NewRule[] {
  const { IpPermissions = [], IpProtocol, FromPort, ToPort, CidrIp } = input
  const rules = rulesFrom(direction, IpPermissions, account)
  if (rules.length > 0) return rules
  return [ruleFrom(direction, { IpProtocol, FromPort, ToPort, CidrIp }, account)]
}
