import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/ec2-subnet-network-acl-association.ts'
import { associateAcl, disassociateAcl } from '../network-acls.ts'

export default resource(schema, {
  honours: ['NetworkAclId', 'SubnetId'],

  create({ properties, caller }, ports) {
    const id = associateAcl(caller, properties.SubnetId, properties.NetworkAclId, ports)
    return { ref: id, attributes: { AssociationId: id } }
  },

  delete: ({ ref, caller }, ports) => disassociateAcl(caller, ref, ports),
})
