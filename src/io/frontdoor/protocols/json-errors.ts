import type { ServiceModel } from '#kit/service-model.ts'
import type { Refusal, Structure } from '../exchange.ts'
import { errorShape } from './error-fields.ts'
import { jsonWriter } from './json-codec.ts'

/** The members of an error in JSON, under the names its shape gives them: some services write `Message`. */
export function jsonErrorMembers({ code, message, fields }: Refusal, service: ServiceModel | undefined): Structure {
  const shape = errorShape(service, code)
  if (!service || !shape) return { message, ...fields }
  const messageMember = Object.keys(shape.members).find((name) => name.toLowerCase() === 'message') ?? 'message'
  const written: Record<string, unknown> = { [messageMember]: message }
  for (const [name, value] of Object.entries(fields)) {
    const member = shape.members[name]
    if (!member?.location) written[member?.locationName ?? name] = member ? jsonWriter(service, member.shape)(value) : value
  }
  return written
}
