import { positionOfMember } from '../../template/position.ts'
import { connect } from '../connectors/connect.ts'
import { mapOrMaps, plainMap, required, texts } from '../properties.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResourceType } from '../sam-resource.ts'

/** What one resource needs to be allowed to work with another: a policy of a role, a queue or a topic, or a Lambda permission. */
export const connector: SamResourceType = {
  type: 'AWS::Serverless::Connector',
  properties: {
    Source: required(plainMap),
    Destination: required(mapOrMaps),
    Permissions: required(texts),
  },

  transform(resource, transformation) {
    const made = connect(resource, transformation)
    if (made.length === 0) {
      const at = positionOfMember(resource.properties, 'Destination')
      throw invalidResource(resource.id, "'Destination' is an empty list", at)
    }
    transformation.dependencies.replace(resource.id, made)
    return made
  },
}
