import { operation } from '#kit/operation.ts'
import { GetDomainNameAccessAssociations } from '#services/models/apigateway.ts'
import { describeAssociation, listAssociations } from '../domains/access-associations.ts'
import { page } from '../page.ts'
import { permission } from '../permissions.ts'

export default operation(GetDomainNameAccessAssociations, {
  authorize: (_input, caller) => permission('GET', '/domainnameaccessassociations', caller),

  run({ resourceOwner, ...input }, caller, ports) {
    const { items, ...more } = page(listAssociations(resourceOwner, caller, ports), input, ({ arn }) => arn)
    return { items: items.map(describeAssociation), ...more }
  },
})
