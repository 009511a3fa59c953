import { operation } from '#kit/operation.ts'
import { DeleteDomainNameAccessAssociation } from '#services/models/apigateway.ts'
import { deleteAssociation } from '../domains/access-associations.ts'
import { permission } from '../permissions.ts'

export default operation(DeleteDomainNameAccessAssociation, {
  authorize: ({ domainNameAccessAssociationArn: arn }, caller) =>
    permission('DELETE', `/domainnameaccessassociations/${arn}`, caller),

  run: ({ domainNameAccessAssociationArn: arn }, caller, ports) => deleteAssociation(arn, caller, ports),
})
