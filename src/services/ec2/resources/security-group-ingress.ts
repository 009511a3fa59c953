import { AwsError } from '#core/aws/aws-error.ts'
import { resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/ec2-security-group-ingress.ts'
import { removeRule, saveRule, updateRule } from '../standalone-rules.ts'
import { ingressRule } from '../template-rules.ts'

export default resource(schema, {
  honours: [
    'CidrIp',
    'CidrIpv6',
    'Description',
    'FromPort',
    'GroupId',
    'IpProtocol',
    'SourcePrefixListId',
    'SourceSecurityGroupId',
    'SourceSecurityGroupOwnerId',
    'ToPort',
  ],
  create: (request, ports) => saveRule(request, groupOf(request.properties), 'ingress', ingressRule(request.properties), ports),
  update: ({ properties, caller }, { ref }, ports) => updateRule(caller, groupOf(properties), ref, properties.Description, ports),
  delete: ({ ref, properties, caller }, ports) => removeRule(caller, groupOf(properties), ref, ports),
})

function groupOf({ GroupId }: Properties): string {
  if (GroupId === undefined) throw new AwsError('MissingParameter', 'The request must contain the parameter groupName or groupId')
  return GroupId
}
