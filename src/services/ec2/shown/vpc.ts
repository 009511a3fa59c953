import type * as Model from '#services/models/ec2.ts'
import type { Vpc } from '../records.ts'

export function shownVpc({ account }: { readonly account: string }, vpc: Vpc): Model.Vpc {
  return {
    VpcId: vpc.id,
    OwnerId: account,
    State: 'available',
    CidrBlock: vpc.cidrBlock,
    CidrBlockAssociationSet: [
      { AssociationId: vpc.cidrAssociationId, CidrBlock: vpc.cidrBlock, CidrBlockState: { State: 'associated' } },
    ],
    Ipv6CidrBlockAssociationSet: [],
    DhcpOptionsId: vpc.dhcpOptionsId,
    InstanceTenancy: vpc.tenancy as 'default',
    IsDefault: vpc.isDefault,
    Tags: vpc.tags,
  }
}
