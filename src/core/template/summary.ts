import { type Capability, capabilityNeeds, transformsIn } from './capabilities.ts'
import { sectionOf } from './conditions.ts'
import { declaredParameters, type ParameterDeclaration } from './parameter-declarations.ts'
import { isList, isMap, memberOf, type Value, type ValueMap } from './value.ts'

/** What GetTemplateSummary and ValidateTemplate say of a template. What it does not have is left out, as AWS does. */
export interface TemplateSummary {
  readonly Parameters: readonly ParameterSummary[]
  readonly Description?: string
  readonly Capabilities?: readonly Capability[]
  readonly CapabilitiesReason?: string
  readonly ResourceTypes: readonly string[]
  readonly ResourceIdentifierSummaries: readonly {
    readonly ResourceType: string
    readonly LogicalResourceIds: readonly string[]
  }[]
  readonly Version?: string
  readonly Metadata?: string
  readonly DeclaredTransforms?: readonly string[]
}

export interface ParameterSummary {
  readonly ParameterKey: string
  readonly ParameterType: string
  readonly NoEcho: boolean
  readonly DefaultValue?: string
  readonly Description?: string
  readonly ParameterConstraints: { readonly AllowedValues?: readonly string[] }
}

export function summarize(template: ValueMap): TemplateSummary {
  // What loops and snippets will make is not known before the transforms have run.
  const resources = Object.entries(sectionOf(template, 'Resources')).flatMap(([logicalId, resource]) => {
    const type = isMap(resource) ? memberOf(resource, 'Type') : undefined
    return typeof type === 'string' ? [{ logicalId, type }] : []
  })
  const types = [...new Set(resources.map(({ type }) => type))]
  const needs = capabilityNeeds(template)
  const transforms = transformsIn(template)
  const description = memberOf(template, 'Description')
  const version = memberOf(template, 'AWSTemplateFormatVersion')
  const metadata = memberOf(template, 'Metadata')
  return {
    Parameters: declaredParameters(template).map(summarizeParameter),
    ...(typeof description === 'string' && { Description: description }),
    ...(needs[0] && {
      Capabilities: needs.map(({ capability }) => capability),
      CapabilitiesReason: needs[0].reason,
    }),
    ResourceTypes: types,
    ResourceIdentifierSummaries: types.map((type) => ({
      ResourceType: type,
      LogicalResourceIds: resources.flatMap((resource) => (resource.type === type ? [resource.logicalId] : [])),
    })),
    ...(typeof version === 'string' && { Version: version }),
    ...(metadata !== undefined && { Metadata: printMetadata(metadata) }),
    ...(transforms.length > 0 && { DeclaredTransforms: transforms }),
  }
}

function summarizeParameter(declaration: ParameterDeclaration): ParameterSummary {
  const { key, type, noEcho, description, allowedValues } = declaration
  return {
    ParameterKey: key,
    ParameterType: type,
    NoEcho: noEcho,
    // unverified: that AWS hides the default of a `NoEcho` parameter.
    ...(declaration.default !== undefined && { DefaultValue: noEcho ? '****' : declaration.default }),
    ...(description !== undefined && { Description: description }),
    ParameterConstraints: { ...(allowedValues && { AllowedValues: allowedValues }) },
  }
}

/** AWS answers metadata in Python's notation: `{'TopicName': 'sns-topic-simple'}`. */
function printMetadata(value: Value): string {
  if (isMap(value)) {
    const members = Object.entries(value).map(([key, member]) => `${printMetadata(key)}: ${printMetadata(member)}`)
    return `{${members.join(', ')}}`
  }
  if (isList(value)) return `[${value.map(printMetadata).join(', ')}]`
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return value === null ? 'None' : String(value)
}
