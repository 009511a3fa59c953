import { operation } from '#kit/operation.ts'
import { CreateDomainName } from '#services/models/apigateway.ts'
import { createDomainName, describeDomainName } from '../domains/domain-names.ts'
import { refuseUnservedDomain } from '../domains/unserved-domain.ts'
import { permission } from '../permissions.ts'

export default operation(CreateDomainName, {
  authorize: (_input, caller) => permission('POST', '/domainnames', caller),

  run(input, caller, ports) {
    refuseUnservedDomain(input)
    const { policy, ...wanted } = input
    return describeDomainName(
      createDomainName({ ...wanted, ...(policy !== undefined && { policy: { written: policy } }) }, caller, ports),
      caller,
    )
  },
})
