import { AwsError } from '#core/aws/aws-error.ts'
import { generatedName } from '#kit/generated-name.ts'
import { type ResourceRequest, resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/sns-topic.ts'
import { createTopic, deleteTopic, getTopic, putTopic, topicArn, topics } from '../topics.ts'

const FIFO = '.fifo'

export default resource(schema, {
  honours: ['ContentBasedDeduplication', 'DisplayName', 'FifoTopic', 'KmsMasterKeyId', 'SignatureVersion', 'Tags', 'TopicName'],

  create(request, ports) {
    const { properties, logicalId, stack, caller } = request
    const suffix = properties.FifoTopic ? FIFO : ''
    const limit = 256 - suffix.length
    const name = properties.TopicName ?? generatedName({ stackName: stack.name, logicalId, limit }, ports.ids) + suffix
    const arn = topicArn(caller, name)
    if (ports.records.get(topics, caller, name)) throw new AwsError('AlreadyExistsException', `${name} already exists`)
    createTopic(caller, { name, ...settingsOf(request) }, ports)
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } }
  },

  update(request, { ref, attributes }, ports) {
    const { name } = getTopic(request.caller, ref, ports)
    putTopic(request.caller, { name, ...settingsOf(request) }, ports)
    return { ref, attributes }
  },

  delete({ caller, ref }, ports) {
    deleteTopic(caller, ref, ports)
  },
})

function settingsOf({ properties, stack }: ResourceRequest<Properties>) {
  const { DisplayName, FifoTopic, ContentBasedDeduplication, KmsMasterKeyId, SignatureVersion, Tags = [] } = properties
  return {
    attributes: {
      ...(DisplayName !== undefined && { DisplayName }),
      ...(FifoTopic && { FifoTopic: 'true' }),
      ...(FifoTopic && { ContentBasedDeduplication: String(ContentBasedDeduplication ?? false) }),
      ...(KmsMasterKeyId !== undefined && { KmsMasterKeyId }),
      ...(SignatureVersion !== undefined && { SignatureVersion }),
    },
    tags: { ...stack.tags, ...Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])) },
  }
}
