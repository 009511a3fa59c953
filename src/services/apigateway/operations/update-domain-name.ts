import { operation } from '#kit/operation.ts'
import { UpdateDomainName } from '#services/models/apigateway.ts'
import { describeDomainName } from '../domains/domain-names.ts'
import { refuseDomainId } from '../domains/unserved-domain.ts'
import { updateDomainName } from '../domains/update-domain-name.ts'
import { permission } from '../permissions.ts'

export default operation(UpdateDomainName, {
  authorize: ({ domainName }, caller) => permission('PATCH', `/domainnames/${domainName}`, caller),

  run({ domainName, domainNameId, patchOperations }, caller, ports) {
    refuseDomainId(domainNameId)
    return describeDomainName(updateDomainName(domainName, patchOperations, caller, ports), caller)
  },
})
