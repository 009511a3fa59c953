import { services } from '#services/models/services.ts'
import type { Structure } from '../exchange.ts'
import { validate } from './validate.ts'

/** Checks an input that came in another way than over AWS's protocols, as if it had. Throws AWS's refusal. */
export async function checkInput(service: string, operation: string, input: Structure): Promise<void> {
  const entry = services.find((one) => one.service === service)
  if (!entry) return
  const { table } = await entry.load()
  const shape = table.operations[operation]
  if (shape?.wanted) validate(input, { service: table, name: operation, shape, labels: {} })
}
