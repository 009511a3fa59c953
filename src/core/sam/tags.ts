import { isMap, type Value, type ValueList, type ValueMap } from '../template/value.ts'
import type { GeneratedResource } from './generated-resource.ts'
import { truthy } from './python.ts'
import { invalidResource } from './refusal.ts'

const RESERVED = ['lambda:createdBy', 'serverlessrepo:applicationId', 'serverlessrepo:semanticVersion']

/** A map of tags in the form that most CloudFormation types take: `[{ Key, Value }]`. */
export function tagList(tags: Value | undefined): ValueList {
  if (!isMap(tags)) return []
  return Object.entries(tags).map(([Key, value]) => ({ Key, Value: value ?? '' }))
}

/** The user's tags after the one that says who made the resource, and those of `more`. */
export function tagsOf(id: string, tags: Value | undefined, more: ValueMap = {}): ValueList {
  for (const name of RESERVED) {
    if (isMap(tags) && Object.hasOwn(tags, name)) {
      throw invalidResource(
        id,
        `${name} is a reserved Tag key name and cannot be set on your resource. Please change the tag key in the input.`,
      )
    }
  }
  return [{ Key: 'lambda:createdBy', Value: 'SAM' }, ...tagList(more), ...tagList(tags)]
}

/** The generated types that have a `Tags` property in the form of `tagList`. */
const TAGGED = new Set([
  'AWS::ApiGateway::ApiKey',
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::DomainNameAccessAssociation',
  'AWS::ApiGateway::DomainNameV2',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGateway::UsagePlan',
  'AWS::DynamoDB::Table',
  'AWS::IAM::Role',
  'AWS::IoT::TopicRule',
  'AWS::Lambda::Function',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::StepFunctions::StateMachine',
])

/** `PropagateTags`: what was generated gets the user's tags in place of its own. */
export function propagateTags(resources: readonly GeneratedResource[], { Tags, PropagateTags }: ValueMap): void {
  if (!truthy(PropagateTags) || !truthy(Tags)) return
  for (const { type, properties } of resources) if (TAGGED.has(type)) properties['Tags'] = tagList(Tags)
}
