import { operation } from '#kit/operation.ts'
import { UpdateDomainName } from '#services/models/apigateway.ts'
import { describeDomainName, domainKey } from '../domains/domain-names.ts'
import { updateDomainName } from '../domains/update-domain-name.ts'
import { permission } from '../permissions.ts'

export default operation(UpdateDomainName, {
  authorize: ({ domainName }, caller) => permission('PATCH', `/domainnames/${domainName}`, caller),

  run({ domainName, domainNameId, patchOperations }, caller, ports) {
    return describeDomainName(updateDomainName(domainKey(domainName, domainNameId), patchOperations, caller, ports), caller)
  },
})
