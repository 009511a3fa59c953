import { operation } from '#kit/operation.ts'
import { GetBasePathMapping } from '#services/models/apigateway.ts'
import { describeMapping, getMapping } from '../domains/base-path-mappings.ts'
import { domainKey } from '../domains/domain-names.ts'
import { permission } from '../permissions.ts'

export default operation(GetBasePathMapping, {
  authorize: ({ domainName, basePath }, caller) =>
    permission('GET', `/domainnames/${domainName}/basepathmappings/${basePath}`, caller),

  run({ domainName, domainNameId, basePath }, caller, ports) {
    return describeMapping(getMapping(domainKey(domainName, domainNameId), basePath, caller, ports))
  },
})
