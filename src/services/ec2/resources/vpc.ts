import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/ec2-vpc.ts'
import type { Ec2 } from '../kinds.ts'
import { VPC } from '../kinds.ts'
import type { Vpc } from '../records.ts'
import { defaultGroupOf } from '../security-groups.ts'
import { stackTags } from '../tags.ts'
import { changeVpc, createVpc, deleteVpc } from '../vpcs.ts'

export default resource(schema, {
  honours: ['CidrBlock', 'EnableDnsHostnames', 'EnableDnsSupport', 'InstanceTenancy', 'Tags'],

  create(request, ports) {
    const { CidrBlock, EnableDnsSupport, EnableDnsHostnames, InstanceTenancy } = request.properties
    if (CidrBlock === undefined)
      throw new AwsError('MissingParameter', 'Either CIDR Block or IPv4 IPAM Pool and IPv4 Netmask Length must be provided')
    const vpc = createVpc(
      request.caller,
      {
        cidrBlock: CidrBlock,
        dnsSupport: EnableDnsSupport,
        dnsHostnames: EnableDnsHostnames,
        tenancy: InstanceTenancy,
        tags: stackTags(request),
      },
      ports,
    )
    return stateOf(request.caller, vpc, ports)
  },

  update(request, { ref }, ports) {
    const { EnableDnsSupport = true, EnableDnsHostnames = false, InstanceTenancy } = request.properties
    const change = {
      dnsSupport: EnableDnsSupport,
      dnsHostnames: EnableDnsHostnames,
      tenancy: InstanceTenancy,
      tags: stackTags(request),
    }
    return stateOf(request.caller, changeVpc(request.caller, ref, change, ports), ports)
  },

  delete({ ref, caller }, ports) {
    if (ports.records.get(VPC.table, caller, ref)) deleteVpc(caller, ref, ports)
  },

  /** Only from dedicated to default can the tenancy be changed in place. */
  replaces: (before, after) => before.InstanceTenancy !== 'dedicated' || (after.InstanceTenancy ?? 'default') !== 'default',
})

function stateOf(scope: Scope, vpc: Vpc, ports: Pick<Ec2, 'records'>) {
  return {
    ref: vpc.id,
    attributes: {
      VpcId: vpc.id,
      CidrBlock: vpc.cidrBlock,
      CidrBlockAssociations: [vpc.cidrAssociationId],
      Ipv6CidrBlocks: [],
      DefaultNetworkAcl: vpc.networkAclId,
      DefaultSecurityGroup: defaultGroupOf(scope, vpc.id, ports)?.id,
    },
  }
}
