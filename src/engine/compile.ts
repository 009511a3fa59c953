import { AwsError } from '#core/aws/aws-error.ts'
import { dnsSuffixOf, partitionOf, type Scope } from '#core/aws/scope.ts'
import { zonesOf } from '#core/aws/zones.ts'
import { transform } from '#core/sam/transform.ts'
import { transformsIn } from '#core/template/capabilities.ts'
import { checkTemplate } from '#core/template/check.ts'
import { checkValues } from '#core/template/check-values.ts'
import { evaluateConditions } from '#core/template/conditions.ts'
import { dependencyGraph } from '#core/template/graph.ts'
import { type GivenParameter, type ResolvedParameters, resolveParameters } from '#core/template/parameters.ts'
import { parseTemplate } from '#core/template/parse.ts'
import { type OutputDefinition, outputsOf, type ResourceDefinition, resourcesOf } from '#core/template/resources.ts'
import { checkRules } from '#core/template/rules.ts'
import type { EvaluationScope, PseudoParameters } from '#core/template/scope.ts'
import { isMap, type Value, type ValueMap } from '#core/template/value.ts'
import type { StoredTemplate } from '#kit/stacks.ts'

const SERVERLESS = 'AWS::Serverless-2016-10-31'

/** A template that was read: well formed, and its parameters have values. */
export interface ReadTemplate {
  readonly template: ValueMap
  readonly parameters: ResolvedParameters
  /** The names of its transforms, in order. */
  readonly transforms: readonly string[]
  readonly description?: string | undefined
}

/** A template ready to be carried out: transformed, conditions decided, dependencies known. */
export interface CompiledTemplate {
  readonly resources: readonly ResourceDefinition[]
  readonly outputs: readonly OutputDefinition[]
  readonly graph: ReadonlyMap<string, ReadonlySet<string>>
  /** What its references mean, besides resources and exports. */
  readonly scope: Omit<EvaluationScope, 'resource' | 'importValue'>
}

export interface StackIdentity {
  readonly stackId: string
  readonly stackName: string
  readonly notificationArns: readonly string[]
}

export function readTemplate(
  stored: StoredTemplate,
  given: readonly GivenParameter[],
  previous: Readonly<Record<string, string>>,
): ReadTemplate {
  const template = parseTemplate(stored.body, stored.file === undefined ? {} : { file: stored.file })
  checkTemplate(template)
  return {
    template,
    parameters: resolveParameters(template, given, previous),
    transforms: transformsIn(template),
    description: typeof template.Description === 'string' ? template.Description : undefined,
  }
}

/** Runs the template's transforms, or throws AWS's words for why one failed. */
export function expand({ template, parameters, transforms }: ReadTemplate, { region }: Scope): ValueMap {
  let expanded = template
  for (const name of transforms) {
    if (name !== SERVERLESS) {
      throw new AwsError('ValidationError', `No transform named ${name} found.`)
    }
    const values = Object.fromEntries(Object.entries(parameters.values).map(([key, value]) => [key, value as Value]))
    const result = transform(expanded, { parameters: values, region })
    if (!result.ok) {
      const position = result.causes.find((cause) => cause.position)?.position
      throw new AwsError('ValidationError', `Transform ${name} failed with: ${result.message}`, { position })
    }
    expanded = result.template
  }
  if (transforms.length > 0) checkTemplate(expanded)
  return expanded
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

function pseudoParameters({ account, region }: Scope, identity: StackIdentity): PseudoParameters {
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
