import { authorize } from '#core/gateway/checks/authorize.ts'
import { checkApiKey } from '#core/gateway/checks/check-api-key.ts'
import { checkBody } from '#core/gateway/checks/check-body.ts'
import { checkDomainPolicy } from '#core/gateway/checks/check-domain-policy.ts'
import { checkEndpointPolicy } from '#core/gateway/checks/check-endpoint-policy.ts'
import { checkEntrance } from '#core/gateway/checks/check-entrance.ts'
import { checkResourcePolicy } from '#core/gateway/checks/check-resource-policy.ts'
import { checkSize } from '#core/gateway/checks/check-size.ts'
import { findRoute } from '#core/gateway/checks/find-route.ts'
import { identifyCaller } from '#core/gateway/checks/identify-caller.ts'
import { locateStage } from '#core/gateway/checks/locate-stage.ts'
import { nameApi } from '#core/gateway/checks/name-api.ts'
import type { Received } from '#core/gateway/exchange.ts'
import { pipeline } from './pipeline.ts'
import type { Reach } from './reach.ts'
import { decodeBody } from './steps/decode-body.ts'
import { integrate } from './steps/integrate.ts'
import { locateApi } from './steps/locate-api.ts'
import { validateRequest } from './steps/validate-request.ts'

/** The way of every request to a REST API, public or private. Nothing reaches an integration but what each step lets through. */
export const restApi = pipeline<Received, Reach>()
  .then(checkSize)
  .then(nameApi)
  .then(locateApi) // step: API id → its deployed stages
  .then(locateStage)
  .then(checkEntrance)
  .then(identifyCaller)
  .then(checkEndpointPolicy)
  .then(checkDomainPolicy)
  .then(checkResourcePolicy)
  .then(findRoute)
  .then(checkApiKey)
  .then(authorize)
  .then(checkBody)
  .then(decodeBody)
  .then(validateRequest)
  .then(integrate) // step: calls the function, or answers for the mock
