import { positionOfMember } from '../../template/position.ts'
import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { member } from '../copy.ts'
import { orNothing } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { End } from './end.ts'

/** Tells what was made for a connector apart from what the user wrote, beside the user's own metadata. */
export function connectorMetadata(connector: SamResource, source: End, destination: End, written: ValueMap): ValueMap {
  const types: ValueMap = {
    Source: { Type: writtenType(source, written) },
    Destination: { Type: writtenType(destination, written) },
  }
  return { ...ownMetadata(connector), 'aws:sam:connectors': { [connector.id]: types } }
}

function ownMetadata({ id, node, attributes: { Metadata: metadata } }: SamResource): ValueMap {
  if (metadata === undefined) return {}
  if (!isMap(metadata)) throw invalidResource(id, "Attribute 'Metadata' should be a map.", positionOfMember(node, 'Metadata'))
  return metadata
}

/** The type as it stands in the template, such as `AWS::Serverless::Function`, where the end is there. */
function writtenType({ id, type }: End, written: ValueMap): Value {
  const resource = id === undefined ? undefined : member(written, id)
  return (isMap(resource) && orNothing(resource['Type'])) || type
}
