import { operation } from '#kit/operation.ts'
import { GetDomainNames } from '#services/models/apigateway.ts'
import { describeDomainName, listDomainNames } from '../domains/domain-names.ts'
import { page } from '../page.ts'
import { permission } from '../permissions.ts'

export default operation(GetDomainNames, {
  authorize: (_input, caller) => permission('GET', '/domainnames', caller),

  run({ resourceOwner, ...input }, caller, ports) {
    // Names that other accounts share are private ones.
    const own = resourceOwner === 'OTHER_ACCOUNTS' ? [] : listDomainNames(caller, ports)
    const { items, ...more } = page(own, input, ({ name }) => name)
    return { items: items.map((domain) => describeDomainName(domain, caller)), ...more }
  },
})
