import { generatedName } from '#kit/generated-name.ts'
import { type ResourceRequest, resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/route53-record-set-group.ts'
import { OTHER_ROUTING } from '../routing.ts'
import { replaceRecords, sourceOf, type TemplateRecord } from '../template-records.ts'

export default resource(schema, {
  honours: ['Comment', 'HostedZoneId', 'HostedZoneName', 'RecordSets'],
  refuses: OTHER_ROUTING.filter((name) => name !== 'TrafficPolicyInstanceId').map((name) => `RecordSets.${name}`),

  create(request, ports) {
    replaceRecords(request.caller, [], recordsOf(request), ports)
    const { stack, logicalId } = request
    return stateOf(generatedName({ stackName: stack.name, logicalId, limit: 255 }, ports.ids))
  },

  update(request, { ref, properties }, ports) {
    replaceRecords(request.caller, recordsOf({ ...request, properties }), recordsOf(request), ports)
    return stateOf(ref)
  },

  delete(request, ports) {
    replaceRecords(request.caller, recordsOf(request), [], ports)
  },
})

/** A record set may name a zone of its own. */
function recordsOf(request: ResourceRequest<Properties>): readonly TemplateRecord[] {
  const { properties, written, logicalId } = request
  const nodes = written['RecordSets']
  return (properties.RecordSets ?? []).map((recordSet, index) => {
    const isOwn = recordSet.HostedZoneId !== undefined || recordSet.HostedZoneName !== undefined
    const path = `Resources.${logicalId}.Properties.RecordSets[${index}]`
    const source = sourceOf(request, recordSet, Array.isArray(nodes) ? nodes[index] : undefined, path)
    return { written: recordSet, zone: isOwn ? recordSet : properties, source }
  })
}

const stateOf = (id: string) => ({ ref: id, attributes: { Id: id } })
