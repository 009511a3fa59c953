import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/ec2-route-table.ts'
import { find, ROUTE_TABLE, save } from '../kinds.ts'
import { createRouteTable, deleteRouteTable } from '../route-tables.ts'
import { stackTags } from '../tags.ts'

export default resource(schema, {
  honours: ['Tags', 'VpcId'],

  create(request, ports) {
    return stateOf(createRouteTable(request.caller, request.properties.VpcId, stackTags(request), ports).id)
  },

  update(request, { ref }, ports) {
    save(ROUTE_TABLE, request.caller, { ...find(ROUTE_TABLE, request.caller, ref, ports), tags: stackTags(request) }, ports)
    return stateOf(ref)
  },

  delete({ ref, caller }, ports) {
    if (ports.records.get(ROUTE_TABLE.table, caller, ref)) deleteRouteTable(caller, ref, ports)
  },
})

function stateOf(id: string) {
  return { ref: id, attributes: { RouteTableId: id } }
}
