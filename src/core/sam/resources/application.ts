import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { expectPresent, ofProperty } from '../expect.ts'
import { generated } from '../generated-resource.ts'
import { LOCATION_PARTS } from '../plugins/application-locations.ts'
import { integer, map, required, text, textOrMap, textsOrMaps } from '../properties.ts'
import { truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResourceType } from '../sam-resource.ts'
import { tagsOf } from '../tags.ts'
import type { Transformation } from '../transformation.ts'

/** A nested stack, from a template that the user has or from one in the Serverless Application Repository. */
export const application: SamResourceType = {
  type: 'AWS::Serverless::Application',
  properties: {
    Location: required(textOrMap),
    TemplateUrl: text,
    Parameters: map,
    NotificationARNs: textsOrMaps,
    Tags: map,
    TimeoutInMinutes: integer,
  },

  prepare(id, properties, transformation) {
    checkMembers(id, properties, ['Location'])
    properties['TemplateUrl'] = templateUrl(id, properties['Location']!, transformation)
  },

  transform({ id, properties, dependsOn, inherited }) {
    const { Location, TemplateUrl, Parameters, NotificationARNs, Tags, TimeoutInMinutes } = properties
    return [
      generated(
        id,
        'AWS::CloudFormation::Stack',
        {
          TemplateURL: truthy(TemplateUrl) ? TemplateUrl : '',
          Parameters,
          NotificationARNs,
          Tags: tagsOf(id, Tags, isMap(Location) ? originTags(Location) : {}),
          TimeoutInMinutes,
        },
        { attributes: inherited, dependsOn },
      ),
    ]
  },
}

function templateUrl(id: string, location: Value, transformation: Transformation): Value {
  if (!isMap(location)) return location
  checkMembers(id, location, LOCATION_PARTS)
  const application = expectPresent(location['ApplicationId'], ofProperty(id), 'ApplicationId')
  if (isMap(application)) throw unresolved(id, 'ApplicationId')
  const version = location['SemanticVersion']
  if (!truthy(version)) throw invalidResource(id, "Property 'SemanticVersion' cannot be blank.")
  if (isMap(version)) throw unresolved(id, 'SemanticVersion')
  return transformation.applications.templateUrl(id, location)
}

function checkMembers(id: string, holder: ValueMap, names: readonly string[]): void {
  for (const name of names) {
    if (!Object.hasOwn(holder, name)) throw invalidResource(id, `Resource is missing the required [${name}] property.`)
  }
}

function unresolved(id: string, name: string) {
  const text = `Property '${name}' cannot be resolved. Only FindInMap and Ref intrinsic functions are supported.`
  return invalidResource(id, text)
}

/** Which application the stack comes from. */
function originTags({ ApplicationId, SemanticVersion }: ValueMap): ValueMap {
  return {
    ...((ApplicationId ?? null) !== null && { 'serverlessrepo:applicationId': ApplicationId! }),
    ...((SemanticVersion ?? null) !== null && { 'serverlessrepo:semanticVersion': SemanticVersion! }),
  }
}
