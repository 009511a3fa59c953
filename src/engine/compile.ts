import { dnsSuffixOf, partitionOf, type Scope } from '#core/aws/scope.ts'
import { zonesOf } from '#core/aws/zones.ts'
import { checkValues } from '#core/template/check-values.ts'
import { evaluateConditions } from '#core/template/conditions.ts'
import { dependencyGraph } from '#core/template/graph.ts'
import type { ResolvedParameters } from '#core/template/parameters.ts'
import { type OutputDefinition, outputsOf, type ResourceDefinition, resourcesOf } from '#core/template/resources.ts'
import { checkRules } from '#core/template/rules.ts'
import type { EvaluationScope, PseudoParameters } from '#core/template/scope.ts'
import { isMap, type ValueMap } from '#core/template/value.ts'

/** A template ready to be carried out: transformed, conditions decided, dependencies known. */
export interface CompiledTemplate {
  readonly resources: readonly ResourceDefinition[]
  readonly outputs: readonly OutputDefinition[]
  readonly graph: ReadonlyMap<string, ReadonlySet<string>>
  /** What its references mean, besides resources and exports. */
  readonly scope: Omit<EvaluationScope, 'resource' | 'importValue'>
}

/** The stack that a template is for. */
export interface StackIdentity {
  readonly stackId: string
  readonly stackName: string
  readonly notificationArns: readonly string[]
}

/** Decides the conditions of an expanded template and orders its resources. */
export function compile(
  template: ValueMap,
  { values }: ResolvedParameters,
  scope: Scope,
  identity: StackIdentity,
): CompiledTemplate {
  const pseudo = pseudoParameters(scope, identity)
  checkRules(template, values, pseudo)
  const conditions = evaluateConditions(template, values, pseudo)
  const resources = resourcesOf(template, conditions, values)
  const outputs = outputsOf(template, conditions)
  const known = {
    parameters: values,
    conditions,
    mappings: isMap(template.Mappings) ? template.Mappings : {},
    pseudo,
    availabilityZones: (region: string) => zonesOf(region).map(({ name }) => name),
  }
  const graph = dependencyGraph(resources, conditions)
  checkValues(resources, outputs, known)
  return { resources, outputs, graph, scope: known }
}

export function pseudoParameters({ account, region }: Scope, identity: StackIdentity): PseudoParameters {
  return {
    AccountId: account,
    Region: region,
    Partition: partitionOf(region),
    StackId: identity.stackId,
    StackName: identity.stackName,
    URLSuffix: dnsSuffixOf(region),
    NotificationARNs: identity.notificationArns,
  }
}
