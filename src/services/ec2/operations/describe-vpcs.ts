import { operation } from '#kit/operation.ts'
import type { Vpc } from '#services/models/ec2.ts'
import { DescribeVpcs } from '#services/models/ec2.ts'
import { chosen, described, type Filters } from '../describe.ts'
import { VPC } from '../kinds.ts'
import { shownVpc } from '../shown/vpc.ts'

export default operation(DescribeVpcs, {
  authorize: () => ({ action: 'ec2:DescribeVpcs', resource: '*' }),

  run({ VpcIds, ...input }, caller, ports) {
    const all = chosen(VPC, caller, VpcIds, ports).map((one) => shownVpc(caller, one))
    const { page, ...next } = described(all, input, filters, ({ VpcId }) => VpcId)
    return { Vpcs: page, ...next }
  },
})

const filters: Filters<Vpc> = {
  cidr: ({ CidrBlock }) => CidrBlock,
  'cidr-block-association.association-id': ({ CidrBlockAssociationSet = [] }) =>
    CidrBlockAssociationSet.map(({ AssociationId }) => AssociationId),
  'cidr-block-association.cidr-block': ({ CidrBlockAssociationSet = [] }) =>
    CidrBlockAssociationSet.map(({ CidrBlock }) => CidrBlock),
  'dhcp-options-id': ({ DhcpOptionsId }) => DhcpOptionsId,
  'is-default': ({ IsDefault }) => IsDefault,
  isDefault: ({ IsDefault }) => IsDefault,
  'owner-id': ({ OwnerId }) => OwnerId,
  state: ({ State }) => State,
  'vpc-id': ({ VpcId }) => VpcId,
}
