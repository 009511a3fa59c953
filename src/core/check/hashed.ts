import { isMap } from '../template/value.ts'
import { type Api, settingOf } from './apis.ts'
import { isTrue } from './text-of.ts'

/*
 * SAM makes a new deployment when the id of the `AWS::ApiGateway::Deployment` changes, and that id is a hash of the API's document
 * (and of `OpenApiVersion`, `Domain` and the names of functions): of the text, with `Ref`s to resources as `Ref`s. What changes without
 * that text changing is not deployed: https://github.com/aws/serverless-application-model/blob/develop/docs/internals/generated_resources.rst
 */

/** Whether changes that the hash does not see go unnoticed: `AlwaysDeploy` makes a deployment each time. */
export function followsHash({ isSam, resource, deployments }: Api): boolean {
  return isSam && deployments.length > 0 && !isTrue(settingOf(resource, 'AlwaysDeploy')?.value)
}

/** The text that the hash is of. */
export function hashedText({ resource: { properties } }: Api): string {
  const { Body: body } = properties
  return isMap(body) ? JSON.stringify(body) : ''
}
