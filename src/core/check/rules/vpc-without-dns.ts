import { isList, isMap, type Value } from '../../template/value.ts'
import { refersTo } from '../apis.ts'
import { apiEndpointsOf } from '../endpoints.ts'
import type { Rule } from '../finding.ts'
import { behindImport } from '../imports.ts'
import { placeIn, type Resource, type Subjects } from '../subjects.ts'
import { isFalse, isTrue } from '../text-of.ts'

/** A VPC of a template has host names off unless it says otherwise: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html */
export const vpcWithoutDns: Rule = {
  id: 'vpc-without-dns',
  level: 'error',
  title: 'private DNS in a VPC that has its DNS switched off',
  symptom: '`Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true`',

  *find(subjects) {
    for (const endpoint of apiEndpointsOf(subjects)) {
      if (!isTrue(endpoint.properties['PrivateDnsEnabled'])) continue
      const vpc = vpcOf(endpoint, subjects)
      if (!vpc) continue
      const { EnableDnsSupport: support = true, EnableDnsHostnames: hostnames = false } = vpc.properties
      const off = [...(isFalse(support) ? ['EnableDnsSupport'] : []), ...(isFalse(hostnames) ? ['EnableDnsHostnames'] : [])]
      if (off.length === 0) continue
      yield {
        at: placeIn(endpoint, 'PrivateDnsEnabled'),
        cause: `\`${endpoint.id}\` has private DNS, and its VPC \`${vpc.id}\` (${vpc.subject.file}) has ${off.join(' and ')} off`,
        mend: `set ${off.map((name) => `\`${name}: true\``).join(' and ')} in \`${vpc.id}\``,
      }
    }
  },
}

function vpcOf(endpoint: Resource, subjects: Subjects): Resource | undefined {
  const { VpcId: id } = endpoint.properties
  if (!isMap(id)) return undefined
  const here = subjects
    .ofType('AWS::EC2::VPC')
    .find((vpc) => vpc.subject === endpoint.subject && (refersTo(id, vpc.id) || isAttribute(id, vpc.id, 'VpcId')))
  const found = here ?? behindImport(id, subjects)
  return found?.type === 'AWS::EC2::VPC' ? found : undefined
}

function isAttribute(value: Value, id: string, attribute: string): boolean {
  const target = isMap(value) ? value['Fn::GetAtt'] : undefined
  return isList(target) && target[0] === id && target[1] === attribute
}
