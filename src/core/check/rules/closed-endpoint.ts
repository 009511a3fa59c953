import { isList, isMap, type Value, type ValueMap } from '../../template/value.ts'
import { apiEndpointsOf } from '../endpoints.ts'
import type { Rule } from '../finding.ts'
import { placeIn, type Resource, type Subjects } from '../subjects.ts'
import { textOf } from '../text-of.ts'

/** Only HTTPS leads to an API, and a security group lets nothing in that it does not name. */
export const closedEndpoint: Rule = {
  id: 'closed-endpoint',
  level: 'error',
  title: 'a VPC endpoint whose security groups let no HTTPS in',
  symptom: 'requests hang until they time out, and API Gateway logs nothing',

  *find(subjects) {
    for (const endpoint of apiEndpointsOf(subjects)) {
      const { SecurityGroupIds: ids } = endpoint.properties
      if (!isList(ids) || ids.length === 0) continue
      const groups = ids.map((id) => groupOf(id, endpoint, subjects))
      if (!groups.every((group) => group !== undefined && isClosed(group, subjects))) continue
      const names = groups.map((group) => `\`${group?.id}\``).join(' and ')
      yield {
        at: placeIn(endpoint, 'SecurityGroupIds'),
        cause: `nobody can connect to \`${endpoint.id}\`: no rule of ${names} lets TCP port 443 in`,
        mend: 'let it in from the clients: `SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, SourceSecurityGroupId: <theirs>}]`',
      }
    }
  },
}

/** The security group of the same template that an id means. */
function groupOf(id: Value, { subject }: Resource, subjects: Subjects): Resource | undefined {
  return subjects.ofType('AWS::EC2::SecurityGroup').find((group) => group.subject === subject && names(id, group.id))
}

function names(id: Value, group: string): boolean {
  if (!isMap(id)) return false
  const attribute = id['Fn::GetAtt']
  return id['Ref'] === group || (isList(attribute) && attribute[0] === group && attribute[1] === 'GroupId')
}

function isClosed(group: Resource, subjects: Subjects): boolean {
  const inside = group.properties['SecurityGroupIngress'] ?? []
  // What is not a list of maps is worked out elsewhere, and may let anything in.
  if (!isList(inside) || !inside.every((rule) => isMap(rule) && !('Fn::If' in rule))) return false
  const beside = subjects
    .ofType('AWS::EC2::SecurityGroupIngress')
    .filter(({ subject, properties }) => subject === group.subject && mayMean(properties['GroupId'], group.id))
    .map(({ properties }) => properties)
  return ![...(inside as ValueMap[]), ...beside].some(letsHttpsIn)
}

/** A rule whose group is not told may be the group's. */
function mayMean(id: Value | undefined, group: string): boolean {
  if (id === undefined || typeof id === 'string') return false
  return names(id, group) || (isMap(id) && !('Ref' in id) && !('Fn::GetAtt' in id))
}

function letsHttpsIn({ IpProtocol: protocol, FromPort: from, ToPort: to }: ValueMap): boolean {
  if (isMap(protocol) || isMap(from) || isMap(to) || textOf(protocol) === '-1') return true
  const [first, last] = [Number(textOf(from)), Number(textOf(to ?? from))]
  return ['tcp', '6'].includes(textOf(protocol)?.toLowerCase() ?? '') && first <= 443 && last >= 443
}
