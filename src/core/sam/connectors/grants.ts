import { positionOf } from '../../template/position.ts'
import type { Value, ValueList, ValueMap } from '../../template/value.ts'
import { copyOf } from '../copy.ts'
import type { ConnectorProfile } from '../data/connector-profiles.ts'
import { type GeneratedResource, generated, type Properties } from '../generated-resource.ts'
import { truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { End } from './end.ts'

/** What one source may do with one destination. */
export interface Grant {
  readonly connector: SamResource
  readonly source: End
  readonly destination: End
  readonly profile: ConnectorProfile
  /** Of the profile's permissions those that the user wants, for these two ends. */
  readonly access: Readonly<Record<string, ValueMap>>
  /** Ends the logical ids where a connector has several destinations. */
  readonly suffix: string
}

type Kind = ConnectorProfile['kind']

/** The resources that carry a grant out. */
export const grants: Readonly<Record<Kind, (grant: Grant) => GeneratedResource[]>> = {
  AWS_IAM_ROLE_MANAGED_POLICY(grant) {
    const Roles = [knownOfHolder(grant, 'RoleName', 'IAM role name')]
    return [made(grant, 'Policy', 'AWS::IAM::ManagedPolicy', { PolicyDocument: document(grant), Roles })]
  },
  AWS_SQS_QUEUE_POLICY(grant) {
    const Queues = [knownOfHolder(grant, 'QueueUrl', 'SQS queue URL')]
    return [made(grant, 'QueuePolicy', 'AWS::SQS::QueuePolicy', { PolicyDocument: document(grant), Queues })]
  },
  AWS_SNS_TOPIC_POLICY(grant) {
    const Topics = [knownOfHolder(grant, 'Arn', 'SNS topic ARN')]
    return [made(grant, 'TopicPolicy', 'AWS::SNS::TopicPolicy', { PolicyDocument: document(grant), Topics })]
  },
  AWS_LAMBDA_PERMISSION(grant) {
    const FunctionName = knownOfHolder(grant, 'Arn', 'Lambda function ARN')
    return Object.entries(grant.access).map(([permission, properties]) =>
      made(grant, `${permission}LambdaPermission`, 'AWS::Lambda::Permission', { FunctionName, ...properties }),
    )
  },
}

function document({ access }: Grant): ValueMap {
  return { Version: '2012-10-17', Statement: Object.values(access).flatMap(({ Statement }) => Statement as ValueList) }
}

/** What is known of the end that gets the policy. */
function knownOfHolder({ connector, profile, source, destination }: Grant, name: string, words: string): Value {
  const holder = profile.sourcePolicy ? source : destination
  const value = holder.known[name]
  if (value !== undefined && truthy(value)) return copyOf(value)
  const side = profile.sourcePolicy ? 'Source' : 'Destination'
  throw invalidResource(connector.id, `Unable to get ${words} from '${side}' resource.`, positionOf(holder.written))
}

function made({ connector, suffix }: Grant, ending: string, type: string, properties: Properties): GeneratedResource {
  const { id, attributes, dependsOn } = connector
  return generated(`${id}${ending}${suffix}`, type, properties, { attributes, dependsOn })
}
