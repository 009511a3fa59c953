import { generatedName } from '#kit/generated-name.ts'
import { type ResourceRequest, resource } from '#kit/resource.ts'
import type { VPC } from '#services/models/route53.ts'
import { type Properties, schema } from '#services/schemas/route53-hosted-zone.ts'
import { commentZone, createHostedZone, deleteHostedZone, getHostedZone } from '../hosted-zones.ts'
import { globalScope, type HostedZone, hostedZones } from '../records.ts'
import { invalidInput } from '../refusals.ts'
import { changeTags, tagMap } from '../tags.ts'
import { associateVpc, disassociateVpc, ownVpc } from '../vpc-associations.ts'

export default resource(schema, {
  honours: ['HostedZoneConfig', 'HostedZoneTags', 'Name', 'VPCs'],

  create(request, ports) {
    const { properties, caller, logicalId, stack } = request
    const { Name, HostedZoneConfig } = properties
    // unverified: the words.
    if (Name === undefined) throw invalidInput('Name is required for the hosted zone')
    const [first, ...others] = vpcsOf(properties)
    for (const vpc of others) ownVpc(caller, vpc, ports)
    const wanted = {
      name: Name,
      callerReference: generatedName({ stackName: stack.name, logicalId, limit: 128 }, ports.ids),
      comment: HostedZoneConfig?.Comment,
      vpc: first && ownVpc(caller, first, ports),
      tags: tagsOf(request),
    }
    const { id } = createHostedZone(caller, wanted, ports)
    for (const vpc of others) associateVpc(caller, id, vpc, ports)
    return stateOf(getHostedZone(caller, id, ports))
  },

  update(request, { ref, properties: before }, ports) {
    const { caller, properties } = request
    const [had, wanted] = [vpcsOf(before), vpcsOf(properties)]
    const isIn = (list: readonly VPC[], { VPCId, VPCRegion }: VPC) =>
      list.some((one) => one.VPCId === VPCId && one.VPCRegion === VPCRegion)
    for (const vpc of wanted) if (!isIn(had, vpc)) associateVpc(caller, ref, vpc, ports)
    for (const vpc of had) if (!isIn(wanted, vpc)) disassociateVpc(caller, ref, vpc, ports)
    const add = tagsOf(request)
    const remove = (before.HostedZoneTags ?? []).map(({ Key }) => Key)
    changeTags(caller, { type: 'hostedzone', id: ref }, { add, remove }, ports)
    return stateOf(commentZone(caller, ref, properties.HostedZoneConfig?.Comment, ports))
  },

  delete({ ref, caller }, ports) {
    if (ports.records.get(hostedZones, globalScope(caller), ref)) deleteHostedZone(caller, ref, ports)
  },
})

// A region that is none has no VPCs: the rules find that out.
const vpcsOf = ({ VPCs = [] }: Properties): readonly VPC[] => VPCs as readonly VPC[]

function tagsOf({ stack, properties }: ResourceRequest<Properties>): Readonly<Record<string, string>> {
  return { ...stack.tags, ...tagMap(properties.HostedZoneTags) }
}

/** A private zone's name servers are for show: AWS gives them to nobody. */
function stateOf({ id, isPrivate, nameServers }: HostedZone) {
  return { ref: id, attributes: { Id: id, ...(!isPrivate && { NameServers: nameServers }) } }
}
