import type { ServiceModel, StructureShape } from '#kit/service-model.ts'
import type { Structure } from '../exchange.ts'
import { element, escapeXml } from './xml-write.ts'

/** The shape of an error by the code it has on the wire, which is not always the shape's name. */
export function errorShape(service: ServiceModel | undefined, code: string): StructureShape | undefined {
  if (!service) return undefined
  const byName = service.shapes[code]
  if (byName?.type === 'structure' && byName.exception) return byName
  return errorsByCode(service).get(code)
}

const byModel = new WeakMap<ServiceModel, Map<string, StructureShape>>()
function errorsByCode(service: ServiceModel): Map<string, StructureShape> {
  const known = byModel.get(service)
  if (known) return known
  const found = new Map<string, StructureShape>()
  for (const shape of Object.values(service.shapes)) {
    if (shape.type === 'structure' && shape.exception && shape.error?.code) found.set(shape.error.code, shape)
  }
  byModel.set(service, found)
  return found
}

/** Further members of an error, as XML elements beside its code and message. */
export function errorElements(fields: Structure, code: string, service: ServiceModel | undefined): string {
  const members = errorShape(service, code)?.members ?? {}
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null && typeof value !== 'object')
    .map(([name, value]) => element(members[name]?.locationName ?? name, '', escapeXml(String(value))))
    .join('')
}
