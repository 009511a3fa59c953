import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/ec2-security-group-egress.ts'
import { removeRule, saveRule, updateRule } from '../standalone-rules.ts'
import { egressRule } from '../template-rules.ts'

export default resource(schema, {
  honours: [
    'CidrIp',
    'CidrIpv6',
    'Description',
    'DestinationPrefixListId',
    'DestinationSecurityGroupId',
    'FromPort',
    'GroupId',
    'IpProtocol',
    'ToPort',
  ],
  create: (request, ports) => saveRule(request, request.properties.GroupId, 'egress', egressRule(request.properties), ports),
  update: ({ properties, caller }, { ref }, ports) => updateRule(caller, properties.GroupId, ref, properties.Description, ports),
  delete: ({ ref, properties, caller }, ports) => removeRule(caller, properties.GroupId, ref, ports),
})
