import type { ValueMap } from '../../template/value.ts'
import type { GeneratedResource } from '../generated-resource.ts'
import { connector } from '../resources/connector.ts'
import type { Transformation } from '../transformation.ts'

/** What a connector with these properties would make, had the template one. It has none of the API's attributes. */
export function connect(id: string, properties: ValueMap, transformation: Transformation): GeneratedResource[] {
  return connector.transform({ id, node: {}, properties, dependsOn: undefined, attributes: {}, inherited: {} }, transformation)
}
