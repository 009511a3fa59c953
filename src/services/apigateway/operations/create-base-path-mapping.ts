import { operation } from '#kit/operation.ts'
import { CreateBasePathMapping } from '#services/models/apigateway.ts'
import { createMapping, describeMapping } from '../domains/base-path-mappings.ts'
import { domainKey } from '../domains/domain-names.ts'
import { permission } from '../permissions.ts'

export default operation(CreateBasePathMapping, {
  authorize: ({ domainName }, caller) => permission('POST', `/domainnames/${domainName}/basepathmappings`, caller),

  run({ domainName, domainNameId, ...wanted }, caller, ports) {
    return describeMapping(createMapping(domainKey(domainName, domainNameId), wanted, caller, ports))
  },
})
