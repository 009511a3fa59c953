import { operation } from '#kit/operation.ts'
import { GetDomainName } from '#services/models/apigateway.ts'
import { describeDomainName, getDomainName } from '../domains/domain-names.ts'
import { refuseDomainId } from '../domains/unserved-domain.ts'
import { permission } from '../permissions.ts'

export default operation(GetDomainName, {
  authorize: ({ domainName }, caller) => permission('GET', `/domainnames/${domainName}`, caller),

  run({ domainName, domainNameId }, caller, ports) {
    refuseDomainId(domainNameId)
    return describeDomainName(getDomainName(domainName, caller, ports), caller)
  },
})
