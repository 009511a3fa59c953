import { type Position, positionedAs, positionOfMember } from '../../template/position.ts'
import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { copyOf, put } from '../copy.ts'
import { madeRoom } from '../python2/history.ts'
import { orderedEntries } from '../python2/ordered-entries.ts'
import { duplicateId, invalidResource, Refusal } from '../refusal.ts'
import { connector as connectorType } from '../resources/connector.ts'
import { readDeclaration } from '../sam-resource.ts'

/**
 * Makes a resource of its own of each connector that is written inside its source, under the `Connectors` of any resource. Answers
 * what is wrong with those that cannot be one.
 */
export function liftConnectors(resources: ValueMap): Refusal[] {
  const refusals: Refusal[] = []
  const lifted = new Map<string, ValueMap>()
  const attempt = (at: Position | undefined, run: () => void) => {
    try {
      run()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refusals.push(new Refusal(error.message, { resource: error.resource, position: error.position ?? at }))
    }
  }
  for (const [source, resource] of orderedEntries(resources)) {
    if (!isMap(resource) || resource['Connectors'] === undefined) continue
    attempt(positionOfMember(resource, 'Connectors'), () => {
      const connectors = mapIn(resource, 'Connectors', source, `Attribute '${source}.Connectors'`)
      for (const [name, written] of orderedEntries(connectors)) {
        attempt(positionOfMember(connectors, name), () => {
          const node = connectorFrom(source, name, written)
          const id = source + name
          if (Object.hasOwn(resources, id)) throw duplicateId(source, id, connectorType.type)
          lifted.set(id, node)
        })
      }
    })
    delete resource['Connectors']
  }
  madeRoom(resources, lifted.size)
  for (const [id, node] of lifted) put(resources, id, node)
  return refusals
}

/** The connector `name` of `source` as a resource that stands by itself. */
function connectorFrom(source: string, name: string, written: Value): ValueMap {
  const id = source + name
  if (!isMap(written)) throw invalidResource(id, `${source}.${id} should be a map.`)
  const path = `Connectors.${name}.Properties`
  const given = mapIn(written, 'Properties', source, `Attribute '${path}'`)
  const { SourceReference: reference, ...properties } = given
  const from: ValueMap = { Id: source }
  if (reference !== undefined) {
    const more = mapIn(given, 'SourceReference', source, `Property '${path}.SourceReference'`)
    if (Object.hasOwn(more, 'Id')) {
      throw invalidResource(name, "'Id' shouldn't be defined in 'SourceReference'.", positionOfMember(more, 'Id'))
    }
    for (const [key, value] of Object.entries(more)) put(from, key, value)
  }
  const node = copyOf({
    ...written,
    Type: connectorType.type,
    Properties: { ...properties, Source: positionedAs(from, reference ?? written) },
  })
  readDeclaration(id, node, connectorType.type, connectorType.properties)
  return node
}

/** A member that has to be a map, refused at its own place. */
function mapIn(holder: ValueMap, key: string, resource: string, words: string): ValueMap {
  const value = holder[key]
  if (isMap(value)) return value
  throw invalidResource(resource, `${words} should be a map.`, positionOfMember(holder, key))
}
