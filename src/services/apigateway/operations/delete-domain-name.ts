import { operation } from '#kit/operation.ts'
import { DeleteDomainName } from '#services/models/apigateway.ts'
import { deleteDomainName, domainKey } from '../domains/domain-names.ts'
import { permission } from '../permissions.ts'

export default operation(DeleteDomainName, {
  authorize: ({ domainName }, caller) => permission('DELETE', `/domainnames/${domainName}`, caller),

  run({ domainName, domainNameId }, caller, ports) {
    deleteDomainName(domainKey(domainName, domainNameId), caller, ports)
  },
})
