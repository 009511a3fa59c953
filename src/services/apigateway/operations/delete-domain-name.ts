import { operation } from '#kit/operation.ts'
import { DeleteDomainName } from '#services/models/apigateway.ts'
import { deleteDomainName } from '../domains/domain-names.ts'
import { refuseDomainId } from '../domains/unserved-domain.ts'
import { permission } from '../permissions.ts'

export default operation(DeleteDomainName, {
  authorize: ({ domainName }, caller) => permission('DELETE', `/domainnames/${domainName}`, caller),

  run({ domainName, domainNameId }, caller, ports) {
    refuseDomainId(domainNameId)
    deleteDomainName(domainName, caller, ports)
  },
})
