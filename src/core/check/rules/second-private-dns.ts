import { isMap } from '../../template/value.ts'
import { apiEndpointsOf } from '../endpoints.ts'
import type { Rule } from '../finding.ts'
import { placeIn } from '../subjects.ts'
import { isTrue } from '../text-of.ts'

/** The names of API Gateway can lead to one endpoint of a VPC only. */
export const secondPrivateDns: Rule = {
  id: 'second-private-dns',
  level: 'error',
  title: 'two endpoints with private DNS in one VPC',
  symptom: '`private-dns-enabled cannot be set because there is already a conflicting DNS domain for *.execute-api`',

  *find(subjects) {
    for (const { resources } of subjects.all) {
      const first = new Map<string, string>()
      for (const endpoint of apiEndpointsOf(subjects)) {
        const { PrivateDnsEnabled: privateDns, VpcId: vpc } = endpoint.properties
        if (resources.get(endpoint.id) !== endpoint || !isTrue(privateDns) || (typeof vpc !== 'string' && !isMap(vpc))) continue
        const before = first.get(JSON.stringify(vpc))
        if (before === undefined) first.set(JSON.stringify(vpc), endpoint.id)
        else
          yield {
            at: placeIn(endpoint, 'PrivateDnsEnabled'),
            cause: `\`${endpoint.id}\` and \`${before}\` both have private DNS, in the same VPC`,
            mend: `write \`PrivateDnsEnabled: false\` into one of them, and call through it by \`x-apigw-api-id\` or by the alias`,
          }
      }
    }
  },
}
