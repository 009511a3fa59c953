import { operation } from '#kit/operation.ts'
import { UpdateBasePathMapping } from '#services/models/apigateway.ts'
import { describeMapping, updateMapping } from '../domains/base-path-mappings.ts'
import { domainKey } from '../domains/domain-names.ts'
import { permission } from '../permissions.ts'

export default operation(UpdateBasePathMapping, {
  authorize: ({ domainName, basePath }, caller) =>
    permission('PATCH', `/domainnames/${domainName}/basepathmappings/${basePath}`, caller),

  run({ domainName, domainNameId, basePath, patchOperations }, caller, ports) {
    return describeMapping(updateMapping(domainKey(domainName, domainNameId), basePath, patchOperations, caller, ports))
  },
})
