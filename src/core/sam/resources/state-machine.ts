import { isList, isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { bodyLocation } from '../api/rest-api.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { assumeRolePolicy } from '../iam-policies.ts'
import { getAtt, ref } from '../intrinsics.ts'
import { expandPolicyTemplates } from '../policies.ts'
import { anything, flag, literalFlag, map, mapOfMaps, text, textOrMap, textOrTextsOrMaps } from '../properties.ts'
import { orNothing, str, truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import { executionRole } from '../role.ts'
import type { SamResource, SamResourceType } from '../sam-resource.ts'
import { definitionText } from '../state-machine/definition.ts'
import { readStateMachineEvents } from '../state-machine/events.ts'
import { propagateTags, tagList } from '../tags.ts'
import type { Transformation } from '../transformation.ts'

/** A state machine of Step Functions with its role, its version and alias, and what its events need. */
export const stateMachine: SamResourceType = {
  type: 'AWS::Serverless::StateMachine',
  properties: {
    Definition: map,
    DefinitionUri: textOrMap,
    Logging: map,
    Role: text,
    RolePath: anything,
    DefinitionSubstitutions: map,
    Events: mapOfMaps,
    Name: text,
    Type: text,
    Tags: map,
    PropagateTags: flag,
    Policies: textOrTextsOrMaps,
    Tracing: map,
    PermissionsBoundary: text,
    AutoPublishAlias: anything,
    DeploymentPreference: anything,
    UseAliasAsEventTarget: literalFlag,
  },

  prepare: expandPolicyTemplates,

  transform(machine, transformation) {
    const { id, properties } = machine
    const events = readStateMachineEvents(machine, transformation.resources)
    const definition = definitionOf(machine)
    if (truthy(properties['Role']) && truthy(properties['Policies'])) {
      throw invalidResource(id, "Specify either 'Role' or 'Policies' (but not both at the same time) or neither of them")
    }
    const role = truthy(properties['Role']) ? undefined : machineRole(machine, transformation)
    const resource = generated(
      id,
      'AWS::StepFunctions::StateMachine',
      {
        ...definition,
        RoleArn: role ? getAtt(role.id, 'Arn') : properties['Role'],
        StateMachineName: properties['Name'],
        StateMachineType: properties['Type'],
        LoggingConfiguration: properties['Logging'],
        TracingConfiguration: properties['Tracing'],
        Tags: machineTags(machine),
      },
      { attributes: machine.attributes, dependsOn: machine.dependsOn },
    )
    const published = publish(machine)
    const alias = truthy(properties['UseAliasAsEventTarget']) ? published[1] : undefined
    const startedId = alias?.id ?? id
    const started = {
      id: startedId,
      arn: ref(startedId),
      inherited: machine.inherited,
      condition: machine.inherited['Condition'],
      boundary: properties['PermissionsBoundary'],
    }
    const starts = events.flatMap(({ source, event }) => source.transform(event, started, transformation))
    const resources = [resource, ...(role ? [role] : []), ...published, ...starts]
    propagateTags(resources, properties)
    return resources
  },
}

function machineTags({ properties: { Tags } }: SamResource): ValueList {
  return [{ Key: 'stateMachine:createdBy', Value: 'SAM' }, ...tagList(Tags)]
}

function definitionOf({ id, properties }: SamResource): Record<string, Value | undefined> {
  const { Definition, DefinitionUri } = properties
  const substitutions = orNothing(properties['DefinitionSubstitutions'])
  if (truthy(Definition) && truthy(DefinitionUri)) {
    throw invalidResource(id, "Specify either 'Definition' or 'DefinitionUri' property and not both.")
  }
  if (isMap(Definition) && truthy(Definition)) {
    const made = definitionText(Definition)
    const all: ValueMap = { ...(isMap(substitutions) ? substitutions : {}), ...made.substitutions }
    return { DefinitionString: made.text, DefinitionSubstitutions: orNothing(all) }
  }
  if (!truthy(DefinitionUri)) {
    throw invalidResource(id, "Either 'Definition' or 'DefinitionUri' property must be specified.")
  }
  return { DefinitionS3Location: bodyLocation(id, DefinitionUri!), DefinitionSubstitutions: substitutions }
}

function machineRole(machine: SamResource, { partition }: Transformation): GeneratedResource {
  const { id, properties, inherited } = machine
  const { Policies, Tracing } = properties
  const written: ValueList = isList(Policies) ? Policies : truthy(Policies) ? [Policies!] : []
  const traced = isMap(Tracing) && Tracing['Enabled'] === true
  const tracing = partition === 'aws' ? 'AWSXrayWriteOnlyAccess' : 'AWSXRayDaemonWriteAccess'
  return executionRole({
    owner: id,
    assumeRolePolicy: assumeRolePolicy('states.amazonaws.com'),
    arns: [],
    documents: [],
    policies: traced ? [...written, tracing] : written,
    path: properties['RolePath'],
    boundary: properties['PermissionsBoundary'],
    tags: machineTags(machine),
    attributes: inherited,
    partition,
  })
}

/** A version for each revision, and an alias that moves to it. */
function publish({ id, properties, inherited }: SamResource): GeneratedResource[] {
  const { AutoPublishAlias: alias, DeploymentPreference: preference } = properties
  if (!truthy(alias)) {
    for (const name of ['UseAliasAsEventTarget', 'DeploymentPreference']) {
      if (truthy(properties[name])) {
        throw invalidResource(id, `'${name}' requires 'AutoPublishAlias' property to be specified.`)
      }
    }
    return []
  }
  const version = generated(
    `${id}Version`,
    'AWS::StepFunctions::StateMachineVersion',
    { StateMachineArn: ref(id), StateMachineRevisionId: getAtt(id, 'StateMachineRevisionId') },
    { attributes: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', ...inherited } },
  )
  const settings: ValueMap = isMap(preference) && truthy(preference) ? preference : { Type: 'ALL_AT_ONCE' }
  return [
    version,
    generated(
      `${id}Alias${str(alias)}`,
      'AWS::StepFunctions::StateMachineAlias',
      { Name: alias, DeploymentPreference: { ...settings, StateMachineVersionArn: ref(version.id) } },
      { attributes: inherited },
    ),
  ]
}
