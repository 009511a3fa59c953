import { AwsError } from '#core/aws/aws-error.ts'
import type { Parameters, Ports } from '#kit/ports.ts'
import { selected } from './selected.ts'

/** Systems Manager as other services read it. */
export function parametersPort(ports: Pick<Ports, 'records'>): Parameters {
  return {
    value(scope, name) {
      try {
        return selected(scope, name, ports).Value
      } catch (error) {
        if (error instanceof AwsError) return undefined
        throw error
      }
    },
  }
}
