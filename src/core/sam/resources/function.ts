import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { readEvents, transformEvents } from '../events/function-events.ts'
import { checkFunction } from '../function/checks.ts'
import { deadLetterPolicies } from '../function/dead-letters.ts'
import { deployGradually } from '../function/deploy-gradually.ts'
import { eventInvokeConfig } from '../function/event-invoke.ts'
import { aliasTarget, functionTarget } from '../function/invocation-target.ts'
import { lambdaFunction } from '../function/lambda-function.ts'
import { functionRole } from '../function/role.ts'
import { functionUrl } from '../function/url.ts'
import { publishedVersion, versionAlias } from '../function/version.ts'
import type { GeneratedResource } from '../generated-resource.ts'
import { getAtt, ifArguments, isIf, isNoValue, MALFORMED_IF, not, onlyIf } from '../intrinsics.ts'
import { expandPolicyTemplates } from '../policies.ts'
import {
  anything,
  flag,
  literalFlag,
  map,
  mapOfMaps,
  oneOf,
  plainText,
  text,
  textOrMap,
  textOrMapOrLists,
  textsOrMaps,
} from '../properties.ts'
import { str, truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource, SamResourceType } from '../sam-resource.ts'
import { propagateTags } from '../tags.ts'
import type { Transformation } from '../transformation.ts'

/** A Lambda function with its role, its version and alias, and what its events need. */
export const serverlessFunction: SamResourceType = {
  type: 'AWS::Serverless::Function',
  properties: {
    FunctionName: textOrMap,
    Handler: anything,
    Runtime: anything,
    CodeUri: anything,
    ImageUri: anything,
    PackageType: anything,
    InlineCode: anything,
    DeadLetterQueue: map,
    Description: anything,
    MemorySize: anything,
    Timeout: anything,
    VpcConfig: anything,
    Role: text,
    AssumeRolePolicyDocument: map,
    Policies: textOrMapOrLists,
    RolePath: anything,
    PermissionsBoundary: text,
    Environment: mapOfMaps,
    Events: mapOfMaps,
    Tags: map,
    PropagateTags: flag,
    Tracing: textOrMap,
    KmsKeyArn: anything,
    DeploymentPreference: map,
    ReservedConcurrentExecutions: anything,
    Layers: textsOrMaps,
    EventInvokeConfig: map,
    EphemeralStorage: anything,
    AutoPublishAlias: plainText,
    AutoPublishCodeSha256: plainText,
    AutoPublishAliasAllProperties: literalFlag,
    VersionDescription: anything,
    ProvisionedConcurrencyConfig: anything,
    FileSystemConfigs: anything,
    ImageConfig: anything,
    CodeSigningConfigArn: anything,
    Architectures: anything,
    SnapStart: map,
    FunctionUrlConfig: map,
    RuntimeManagementConfig: anything,
    LoggingConfig: anything,
    RecursiveLoop: anything,
    SourceKMSKeyArn: anything,
    CapacityProviderConfig: map,
    FunctionScalingConfig: map,
    VersionDeletionPolicy: oneOf('Delete', 'Retain'),
    PublishToLatestPublished: anything,
    TenancyConfig: anything,
    DurableConfig: map,
  },
  references: {
    Alias: 'AWS::Lambda::Alias',
    Version: 'AWS::Lambda::Version',
    DestinationTopic: 'AWS::SNS::Topic',
    DestinationQueue: 'AWS::SQS::Queue',
  },

  prepare: expandPolicyTemplates,

  transform(fn, transformation) {
    const events = readEvents(fn, transformation.resources)
    checkFunction(fn)
    const lambda = lambdaFunction(fn, transformation)
    const resources = [lambda]
    const published = publish(fn, lambda, transformation)
    const target = published ? aliasTarget(published.alias.id, fn) : functionTarget(fn)
    if (published) resources.push(published.version, published.alias)
    const url = fn.properties['FunctionUrlConfig']
    if (isMap(url) && truthy(url)) resources.push(...functionUrl(fn, url, target))
    deployGradually(fn, published?.alias, transformation)
    const policies = deadLetterPolicies(fn)
    if (truthy(fn.properties['EventInvokeConfig'])) {
      const alias = published && { id: published.alias.id, name: String(published.alias.properties['Name']) }
      const invoke = eventInvokeConfig(fn, alias, transformation)
      resources.push(...invoke.resources)
      policies.push(...invoke.policies)
    }
    const role = functionRole(fn, policies, transformation)
    resources.push(...takeRole(fn, lambda, role, transformation))
    resources.push(...transformEvents(fn, events, { target, role }, transformation))
    propagateTags(resources, fn.properties)
    return resources
  },
}

interface Published {
  readonly version: GeneratedResource
  readonly alias: GeneratedResource
}

/** `AutoPublishAlias`: a version for each change of the code, and an alias that follows. */
function publish(fn: SamResource, lambda: GeneratedResource, transformation: Transformation): Published | undefined {
  const { properties } = fn
  if (truthy(properties['ProvisionedConcurrencyConfig']) && !truthy(properties['AutoPublishAlias'])) {
    throw invalidResource(fn.id, 'To set ProvisionedConcurrencyConfig AutoPublishALias must be defined on the function')
  }
  if (!truthy(properties['AutoPublishAlias'])) return undefined
  const name = transformation.resolve(properties['AutoPublishAlias']!)
  if (typeof name !== 'string') {
    throw invalidResource(fn.id, "'AutoPublishAlias' must be a string or a Ref to a template parameter")
  }
  const hash = codeHash(fn, lambda, transformation)
  const version = publishedVersion(fn, lambda, hash, transformation)
  return { version, alias: versionAlias(fn, name, version.id) }
}

/** The hash that the user keeps. It also goes into the description: Lambda makes no new version of an unchanged function. */
function codeHash({ id, properties }: SamResource, lambda: GeneratedResource, { resolve }: Transformation): string | undefined {
  if (!truthy(properties['AutoPublishCodeSha256'])) return undefined
  const hash = resolve(properties['AutoPublishCodeSha256']!)
  if (typeof hash !== 'string') throw invalidResource(id, 'AutoPublishCodeSha256 must be a string')
  const description: Value = resolve(properties['Description'] ?? null)
  if (!truthy(description)) lambda.properties['Description'] = hash
  else if (typeof description === 'string') lambda.properties['Description'] = `${description} ${hash}`
  else lambda.properties['Description'] = { 'Fn::Join': [' ', [description, hash]] }
  return hash
}

/** Gives the function the role that was made for it, where it names none, or names none under some condition. */
function takeRole(
  fn: SamResource,
  lambda: GeneratedResource,
  made: GeneratedResource,
  { resolve, addConditions }: Transformation,
): GeneratedResource[] {
  const role = lambda.properties['Role'] ?? null
  const arn = getAtt(made.id, 'Arn')
  if (role === null) {
    lambda.properties['Role'] = arn
    return [made]
  }
  if (!isIf(role)) return []
  const items = ifArguments(resolve(role) as ValueMap)
  if (!items) throw invalidResource(fn.id, `Malformed 'Role' property: ${MALFORMED_IF}.`)
  const [condition, then, otherwise] = items
  if (!isNoValue(then) && !isNoValue(otherwise)) return []
  if (isNoValue(then) && isNoValue(otherwise)) {
    lambda.properties['Role'] = arn
  } else if (isNoValue(then)) {
    lambda.properties['Role'] = onlyIf(condition, arn, otherwise)
    made.attributes['Condition'] = condition
  } else {
    lambda.properties['Role'] = onlyIf(condition, then, arn)
    made.attributes['Condition'] = `NOT${str(condition)}`
    addConditions({ [`NOT${str(condition)}`]: not(condition) })
  }
  return [made]
}
