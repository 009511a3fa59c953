import { apiEndpointsOf } from '../endpoints.ts'
import type { Rule } from '../finding.ts'
import { placeIn } from '../subjects.ts'

export const gatewayEndpoint: Rule = {
  id: 'gateway-endpoint',
  level: 'error',
  title: 'a VPC endpoint for API Gateway that is no interface',
  symptom:
    'the stack rolls back when it creates the endpoint: `Gateway` is the default, and API Gateway has interface endpoints only',

  *find(subjects) {
    for (const endpoint of apiEndpointsOf(subjects)) {
      const { VpcEndpointType: type = 'Gateway' } = endpoint.properties
      if (typeof type !== 'string' || type === 'Interface') continue
      const written = 'VpcEndpointType' in endpoint.properties
      yield {
        at: written ? placeIn(endpoint, 'VpcEndpointType') : placeIn(endpoint, 'ServiceName'),
        cause: `\`${endpoint.id}\` is ${written ? `a ${type} endpoint` : 'a Gateway endpoint, since it does not say which kind'}`,
        mend: 'write `VpcEndpointType: Interface`',
      }
    }
  },
}
