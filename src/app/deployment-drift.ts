import type { ApiStage, RestApiSnapshot } from '#core/gateway/deployment.ts'
import type { Records } from '#kit/records.ts'
import { type RestApi, restApis } from '#services/apigateway/rest-apis.ts'

/**
 * Tells when what decides about access to an API was changed after the deployment that a stage points to: the commonest reason why a
 * template that looks right still refuses.
 */
export function deploymentDrift(records: Records): (stage: ApiStage) => string | undefined {
  return ({ apiId, stageName, deploymentId, snapshot }) => {
    const live = records.get(restApis, { account: snapshot.account, region: snapshot.region }, apiId)
    const changed = live ? changesSince(snapshot, live) : []
    if (changed.length === 0) return undefined
    return `API \`${apiId}\` was changed after deployment \`${deploymentId}\` (${changed.join(', ')}): deploy it again (\`aws apigateway create-deployment --rest-api-id ${apiId} --stage-name ${stageName}\`)`
  }
}

/** What decides about access to an API and is not as it was when it was deployed. */
export function changesSince(deployed: RestApiSnapshot, { endpoint, policy }: RestApi): string[] {
  const compared = [
    ['endpoint type', deployed.endpointType, endpoint.type],
    ['associated endpoints', [...deployed.vpcEndpointIds].sort(), [...endpoint.vpcEndpointIds].sort()],
    ['resource policy', deployed.policy?.document, policy?.document],
  ] as const
  return compared.filter(([, was, is]) => JSON.stringify(was) !== JSON.stringify(is)).map(([what]) => what)
}
