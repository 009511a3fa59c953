import { operation } from '#kit/operation.ts'
import { RejectDomainNameAccessAssociation } from '#services/models/apigateway.ts'
import { rejectAssociation } from '../domains/access-associations.ts'

export default operation(RejectDomainNameAccessAssociation, {
  authorize: ({ domainNameArn }) => ({ action: 'apigateway:RejectAccessAssociation', resource: domainNameArn }),

  run: ({ domainNameAccessAssociationArn: arn, domainNameArn }, caller, ports) =>
    rejectAssociation(arn, domainNameArn, caller, ports),
})
