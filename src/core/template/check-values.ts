import { evaluate } from './evaluate.ts'
import type { OutputDefinition, ResourceDefinition } from './resources.ts'
import type { EvaluationScope } from './scope.ts'

/**
 * Works out all values as far as they are known before any resource exists, for the refusals that depend on parameters: a mapping
 * without the wanted key, a selection beyond the end of its list.
 */
export function checkValues(
  resources: readonly ResourceDefinition[],
  outputs: readonly OutputDefinition[],
  scope: Omit<EvaluationScope, 'resource' | 'importValue' | 'missingImport'>,
): void {
  const before: EvaluationScope = {
    ...scope,
    resource: () => 'unknown',
    importValue: () => undefined,
    missingImport: 'unknown',
  }
  for (const { properties } of resources) evaluate(properties, before)
  for (const { value, exportName } of outputs) for (const written of [value, exportName ?? '']) evaluate(written, before)
}
