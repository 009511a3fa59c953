import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { evaluate } from '#core/template/evaluate.ts'
import { sourceMapOf } from '#core/template/position.ts'
import type { ResourceDefinition } from '#core/template/resources.ts'
import type { EvaluationScope, ResourceView } from '#core/template/scope.ts'
import { isMap, type Value, type ValueMap } from '#core/template/value.ts'
import type { Records } from '#kit/records.ts'
import { exports, type Intent, type StackOutput, type StackResource } from '#kit/stacks.ts'
import type { CompiledTemplate } from './compile.ts'
import { knownAttributes } from './known-attributes.ts'

/** What an export is worth to the stacks of this account and region. */
export const importValue = (records: Records, scope: Scope) => (name: string) => records.get(exports, scope, name)?.value

/** What a template's references mean while it is carried out: what exists has a name, what does not yet is unknown. */
export function liveScope(
  compiled: CompiledTemplate,
  importedValue: (name: string) => string | undefined,
  resource: (logicalId: string) => StackResource | undefined,
): EvaluationScope {
  const declared = new Set(compiled.graph.keys())
  return {
    ...compiled.scope,
    importValue: importedValue,
    resource(logicalId): ResourceView {
      if (!declared.has(logicalId)) return 'absent'
      const current = resource(logicalId)?.current
      return current ? { ref: current.id, attributes: knownAttributes(current), isStub: current.isStub === true } : 'unknown'
    },
  }
}

/** What a resource is to be, now that all it depends on exists. */
export function intentOf(definition: ResourceDefinition, dependsOn: ReadonlySet<string>, scope: EvaluationScope): Intent {
  const written = settled(definition.properties, scope, `Resources.${definition.logicalId}`)
  const properties: ValueMap = isMap(written) ? written : {}
  return {
    type: definition.type,
    written: properties,
    sources: sourceMapOf(properties),
    dependsOn: [...dependsOn],
    deletionPolicy: definition.deletionPolicy,
    updateReplacePolicy: definition.updateReplacePolicy,
  }
}

export function outputsOfStack(compiled: CompiledTemplate, scope: EvaluationScope): StackOutput[] {
  return compiled.outputs.flatMap((output) => {
    const value = settled(output.value, scope, `Outputs.${output.key}`)
    if (value === undefined) return []
    const exportName = output.exportName === undefined ? undefined : settled(output.exportName, scope, `Outputs.${output.key}`)
    return [
      {
        key: output.key,
        value: textOf(value),
        description: output.description,
        exportName: exportName === undefined ? undefined : textOf(exportName),
      },
    ]
  })
}

/** The names of all exports that a template asks for. Throws AWS's refusal where one does not exist. */
export function importsOf(compiled: CompiledTemplate, importedValue: (name: string) => string | undefined): string[] {
  const names = new Set<string>()
  const scope: EvaluationScope = {
    ...liveScope(
      compiled,
      (name) => {
        names.add(name)
        return importedValue(name)
      },
      () => undefined,
    ),
    missingImport: 'refuse',
  }
  for (const { properties } of compiled.resources) evaluate(properties, scope)
  for (const { value, exportName } of compiled.outputs) {
    evaluate(value, scope)
    if (exportName !== undefined) evaluate(exportName, scope)
  }
  return [...names]
}

function settled(value: Value, scope: EvaluationScope, path: string): Value | undefined {
  const result = evaluate(value, scope)
  if (result.kind === 'nothing') return undefined
  if (result.kind === 'value') return result.value
  const missing = result.awaits.map(({ logicalId, attribute }) => (attribute ? `${logicalId}.${attribute}` : logicalId))
  throw new AwsError('ValidationError', `${path} needs ${missing.join(', ')}, which nothing gave a value`)
}

const textOf = (value: Value): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))
