import type { ApiStage } from '#core/gateway/deployment.ts'
import type { Records } from '#kit/records.ts'
import { restApis } from '#services/apigateway/rest-apis.ts'

/**
 * Tells when an API's resource policy was changed after the deployment that a stage points to: the commonest reason why a policy that
 * looks right still refuses.
 */
export function policyDrift(records: Records): (stage: ApiStage) => string | undefined {
  return ({ apiId, stageName, deploymentId, snapshot: { account, region, policy } }) => {
    const live = records.get(restApis, { account, region }, apiId)
    if (!live || JSON.stringify(live.policy?.document) === JSON.stringify(policy?.document)) return undefined
    return `the resource policy of API ${apiId} was changed after deployment ${deploymentId}: deploy it again (\`aws apigateway create-deployment --rest-api-id ${apiId} --stage-name ${stageName}\`)`
  }
}
