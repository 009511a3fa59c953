import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/ec2-subnet-route-table-association.ts'
import { associateRouteTable, disassociateRouteTable, findAssociation } from '../route-tables.ts'

export default resource(schema, {
  honours: ['RouteTableId', 'SubnetId'],

  create({ properties, caller }, ports) {
    const { id } = associateRouteTable(caller, properties.RouteTableId, properties.SubnetId, ports)
    return { ref: id, attributes: { Id: id } }
  },

  delete({ ref, caller }, ports) {
    if (findAssociation(caller, ref, ports)) disassociateRouteTable(caller, ref, ports)
  },
})
