import type { Scope } from '#core/aws/scope.ts'
import type { ParameterLookups } from '#core/template/parameters.ts'
import type { Ports } from '#kit/ports.ts'
import type { Revision } from '#kit/stacks.ts'

/** Parameters of Systems Manager as they are now: what a plan is made with. */
export function liveLookups({ parameters }: Pick<Ports, 'parameters'>, scope: Scope): ParameterLookups {
  return { ssm: (name) => parameters.value(scope, name) }
}

/** As they were when the revision was planned: what it is carried out, and gone back to, with. */
export function lookupsOf({ parameters, resolvedParameters = {} }: Revision): ParameterLookups {
  const values = new Map(Object.entries(parameters).map(([key, name]) => [name, resolvedParameters[key] ?? name]))
  return { ssm: (name) => values.get(name) }
}
