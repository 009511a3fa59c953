import type { Rule } from './finding.ts'
import { aliasWithoutAssociation } from './rules/alias-without-association.ts'
import { closedEndpoint } from './rules/closed-endpoint.ts'
import { definitionBehindOneKey } from './rules/definition-behind-one-key.ts'
import { endpointConfigurationShape } from './rules/endpoint-configuration-shape.ts'
import { endpointsNotInDeployment } from './rules/endpoints-not-in-deployment.ts'
import { endpointsOfPublicApi } from './rules/endpoints-of-public-api.ts'
import { fixedDeployment } from './rules/fixed-deployment.ts'
import { functionWithoutPermission } from './rules/function-without-permission.ts'
import { gatewayEndpoint } from './rules/gateway-endpoint.ts'
import { notRedeployed } from './rules/not-redeployed.ts'
import { openToEveryEndpoint } from './rules/open-to-every-endpoint.ts'
import { policyForOtherStage } from './rules/policy-for-other-stage.ts'
import { policyNotInDeployment } from './rules/policy-not-in-deployment.ts'
import { policyWithoutPaths } from './rules/policy-without-paths.ts'
import { preflightRefused } from './rules/preflight-refused.ts'
import { principalWithoutSignature } from './rules/principal-without-signature.ts'
import { privateDnsOverPublicApis } from './rules/private-dns-over-public-apis.ts'
import { privateWithoutPolicy } from './rules/private-without-policy.ts'
import { referenceInPolicy } from './rules/reference-in-policy.ts'
import { secondPrivateDns } from './rules/second-private-dns.ts'
import { sourceIpOnPrivate } from './rules/source-ip-on-private.ts'
import { vpcConditionOnPublic } from './rules/vpc-condition-on-public.ts'
import { vpcWithoutDns } from './rules/vpc-without-dns.ts'

/** Every mistake that is looked for, those that keep a template from deploying first. */
export const rules: readonly Rule[] = [
  privateWithoutPolicy,
  policyWithoutPaths,
  endpointConfigurationShape,
  endpointsOfPublicApi,
  gatewayEndpoint,
  vpcWithoutDns,
  secondPrivateDns,
  notRedeployed,
  policyNotInDeployment,
  endpointsNotInDeployment,
  referenceInPolicy,
  definitionBehindOneKey,
  fixedDeployment,
  closedEndpoint,
  aliasWithoutAssociation,
  sourceIpOnPrivate,
  principalWithoutSignature,
  policyForOtherStage,
  preflightRefused,
  functionWithoutPermission,
  vpcConditionOnPublic,
  openToEveryEndpoint,
  privateDnsOverPublicApis,
]
