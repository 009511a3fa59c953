import { type ResourceRequest, resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/route53-record-set.ts'
import { replaceRecords, sourceOf, type TemplateRecord } from '../template-records.ts'

/** Simple routing alone: the properties of the other kinds are not honoured. */
export default resource(schema, {
  honours: ['AliasTarget', 'Comment', 'HostedZoneId', 'HostedZoneName', 'Name', 'ResourceRecords', 'TTL', 'Type'],

  create(request, ports) {
    replaceRecords(request.caller, [], [recordOf(request)], ports)
    return stateOf(request.properties)
  },

  update(request, { properties: before }, ports) {
    replaceRecords(request.caller, [{ written: before, zone: before }], [recordOf(request)], ports)
    return stateOf(request.properties)
  },

  delete(request, ports) {
    replaceRecords(request.caller, [recordOf(request)], [], ports)
  },
})

function recordOf(request: ResourceRequest<Properties>): TemplateRecord {
  const { properties, written, logicalId } = request
  const source = sourceOf(request, properties, written, `Resources.${logicalId}.Properties`)
  return { written: properties, zone: properties, source }
}

/** It is known by its name, as the template writes it. */
const stateOf = ({ Name }: Properties) => ({ ref: Name, attributes: {} })
