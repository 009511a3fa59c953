import { operation } from '#kit/operation.ts'
import { GetDomainNames } from '#services/models/apigateway.ts'
import { describeDomainName, keyOf, listDomainNames } from '../domains/domain-names.ts'
import { page } from '../page.ts'
import { permission } from '../permissions.ts'

export default operation(GetDomainNames, {
  authorize: (_input, caller) => permission('GET', '/domainnames', caller),

  run({ resourceOwner, ...input }, caller, ports) {
    // unverified: that private names which other accounts let this one associate with are listed under OTHER_ACCOUNTS; here they are not.
    const own = resourceOwner === 'OTHER_ACCOUNTS' ? [] : listDomainNames(caller, ports)
    const { items, ...more } = page(own, input, keyOf)
    return { items: items.map((domain) => describeDomainName(domain, caller)), ...more }
  },
})
