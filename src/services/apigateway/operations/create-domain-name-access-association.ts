import { operation } from '#kit/operation.ts'
import { CreateDomainNameAccessAssociation } from '#services/models/apigateway.ts'
import { createAssociation, describeAssociation } from '../domains/access-associations.ts'
import { permission } from '../permissions.ts'

export default operation(CreateDomainNameAccessAssociation, {
  authorize: ({ domainNameArn }, caller) => [
    permission('POST', '/domainnameaccessassociations', caller),
    { action: 'apigateway:CreateAccessAssociation', resource: domainNameArn },
  ],

  run: (wanted, caller, ports) => describeAssociation(createAssociation(wanted, caller, ports)),
})
