import { operation } from '#kit/operation.ts'
import { GetDomainName } from '#services/models/apigateway.ts'
import { describeDomainName, domainKey, getDomainName } from '../domains/domain-names.ts'
import { permission } from '../permissions.ts'

export default operation(GetDomainName, {
  authorize: ({ domainName }, caller) => permission('GET', `/domainnames/${domainName}`, caller),

  run({ domainName, domainNameId }, caller, ports) {
    return describeDomainName(getDomainName(domainKey(domainName, domainNameId), caller, ports), caller)
  },
})
