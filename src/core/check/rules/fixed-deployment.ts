import { apisOf } from '../apis.ts'
import type { Rule } from '../finding.ts'

/** An `AWS::ApiGateway::Deployment` is a snapshot, made when the resource is: CloudFormation never makes it again under the same id. */
export const fixedDeployment: Rule = {
  id: 'fixed-deployment',
  level: 'warning',
  title: 'a deployment that stays as it was first made',
  symptom: 'a successful update after which policy, endpoints and methods are the old ones',

  *find(subjects) {
    for (const { id, isSam, type, policies, deployments } of apisOf(subjects)) {
      if (isSam || (type !== 'PRIVATE' && policies !== 'unknown' && policies.length === 0)) continue
      for (const deployment of deployments) {
        if (COUNTED.test(deployment.id)) continue
        yield {
          at: deployment.place,
          cause: `a change of the policy, the endpoints or the methods of API \`${id}\` updates it and deploys nothing, as long as this deployment is called \`${deployment.id}\``,
          mend: `give the deployment another logical id with each such change, here and in its stage (\`${deployment.id}2\`), as SAM and the CDK do with a hash`,
        }
      }
    }
  },
}

/** An id that ends in a number or in a digest is one that is given anew. */
const COUNTED = /\d$|[0-9a-f]{10}$/
