import { positionedAs } from '../../template/position.ts'
import { isList, isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { copyOf, member } from '../copy.ts'
import { expectList, expectMap, ofProperty } from '../expect.ts'
import type { GeneratedResource } from '../generated-resource.ts'
import { onlyIf, ref } from '../intrinsics.ts'
import { mapOfTexts, required, text, textOrTexts } from '../properties.ts'
import { EventRefusal, invalidResource } from '../refusal.ts'
import { tagList } from '../tags.ts'
import type { Transformation } from '../transformation.ts'
import type { Called, Event, EventSource } from './event-source.ts'
import { invokePermission } from './permission.ts'
import { takenOver } from './taken-over.ts'

const BUCKET_PROPERTIES = new Set([
  'AccessControl',
  'AccelerateConfiguration',
  'AnalyticsConfigurations',
  'BucketEncryption',
  'BucketName',
  'CorsConfiguration',
  'IntelligentTieringConfigurations',
  'InventoryConfigurations',
  'LifecycleConfiguration',
  'LoggingConfiguration',
  'MetricsConfigurations',
  'NotificationConfiguration',
  'ObjectLockConfiguration',
  'ObjectLockEnabled',
  'OwnershipControls',
  'PublicAccessBlockConfiguration',
  'ReplicationConfiguration',
  'Tags',
  'VersioningConfiguration',
  'WebsiteConfiguration',
])

/** Calls the function for what happens in a bucket of the same template, whose notifications are written here. */
export const s3Event: EventSource = {
  type: 'S3',
  properties: { Bucket: required(text), Events: required(textOrTexts), Filter: mapOfTexts },

  link({ name, properties }, resources) {
    const { Bucket: bucket } = properties
    const id = isMap(bucket) ? bucket['Ref'] : undefined
    if (id !== undefined && typeof id !== 'string') {
      throw new EventRefusal(name, "'Ref' value in S3 events is not a valid string.")
    }
    const found = id === undefined ? undefined : member(resources, id)
    if (id !== undefined && isMap(found)) return { bucket: found, bucketId: id }
    throw new EventRefusal(name, 'S3 events must reference an S3 bucket in the same template.')
  },

  transform(event, called, transformation) {
    const bucket = event.linked['bucket'] as ValueMap
    const id = String(event.linked['bucketId'])
    const sourceAccount = ref('AWS::AccountId')
    const permission = invokePermission(event.id, called.target, { principal: 's3.amazonaws.com', sourceAccount })
    const { Condition: condition } = permission.attributes
    if (condition === undefined) dependOn(event, bucket, permission, transformation)
    else dependOnByTag(bucket, id, permission, condition)
    addNotifications(event, called, bucket, id, transformation)
    return [permission, takenOver(id, bucket, 'AWS::S3::Bucket', BUCKET_PROPERTIES)]
  },
}

/** S3 checks that it may call the function when the notification is made, so the permission comes first. */
function dependOn({ id }: Event, bucket: ValueMap, permission: GeneratedResource, transformation: Transformation): void {
  const dependencies = dependenciesOf(id, bucket, transformation)
  bucket['DependsOn'] = dependencies
  transformation.appendOnce(dependencies, permission.id)
}

function dependenciesOf(id: string, { DependsOn: written = [] }: ValueMap, { checked }: Transformation): ValueList {
  if (isList(written) && checked.has(written)) return written
  const ids: Value = typeof written === 'string' ? [written] : isMap(written) ? Object.keys(written) : written
  if (!isList(ids) || ids.some((entry) => isMap(entry) || isList(entry))) {
    throw invalidResource(id, "Invalid type for field 'DependsOn'. Expected a string or list of strings.")
  }
  const dependencies = positionedAs([...new Set(ids)], written)
  checked.add(dependencies)
  return dependencies
}

/** `DependsOn` takes no condition; a tag that refers to the permission does. */
function dependOnByTag(bucket: ValueMap, id: string, permission: GeneratedResource, condition: Value): void {
  const properties = propertiesOf(bucket, id)
  const tags = expectList(properties['Tags'] ?? [], ofProperty(id), 'Tags')
  const tag = { [`sam:ConditionalDependsOn:${permission.id}`]: onlyIf(condition, ref(permission.id), 'no dependency') }
  properties['Tags'] = [...tags, ...tagList(tag)]
}

function addNotifications(
  { properties: event }: Event,
  { target }: Called,
  bucket: ValueMap,
  id: string,
  { appendOnce }: Transformation,
): void {
  const properties = propertiesOf(bucket, id)
  const notifications = expectMap(properties['NotificationConfiguration'] ?? {}, ofProperty(id), 'NotificationConfiguration')
  properties['NotificationConfiguration'] = notifications
  const configurations = notifications['LambdaConfigurations'] ?? []
  if (!isList(configurations)) throw invalidResource(id, 'Invalid type for LambdaConfigurations. Must be a list.')
  notifications['LambdaConfigurations'] = configurations
  const { Filter: filter, Events: events } = event
  for (const Event of isList(events) ? events : ([events] as ValueList)) {
    const plain: ValueMap = { Function: copyOf(target.arn), ...((filter ?? null) !== null && { Filter: copyOf(filter!) }), Event }
    const { Condition: condition } = target.inherited
    const configuration = condition === undefined ? plain : onlyIf(condition, plain)
    appendOnce(configurations, configuration)
  }
}

function propertiesOf(bucket: ValueMap, id: string): ValueMap {
  const properties = expectMap(
    bucket['Properties'] === undefined ? {} : bucket['Properties'],
    ofProperty(id),
    '',
    'Properties should be a map.',
  )
  bucket['Properties'] = properties
  return properties
}
