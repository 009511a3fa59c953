import { operation } from '#kit/operation.ts'
import { UpdateBasePathMapping } from '#services/models/apigateway.ts'
import { describeMapping, updateMapping } from '../domains/base-path-mappings.ts'
import { refuseDomainId } from '../domains/unserved-domain.ts'
import { permission } from '../permissions.ts'

export default operation(UpdateBasePathMapping, {
  authorize: ({ domainName, basePath }, caller) =>
    permission('PATCH', `/domainnames/${domainName}/basepathmappings/${basePath}`, caller),

  run({ domainName, domainNameId, basePath, patchOperations }, caller, ports) {
    refuseDomainId(domainNameId)
    return describeMapping(updateMapping(domainName, basePath, patchOperations, caller, ports))
  },
})
