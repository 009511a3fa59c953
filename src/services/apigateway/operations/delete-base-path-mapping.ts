import { operation } from '#kit/operation.ts'
import { DeleteBasePathMapping } from '#services/models/apigateway.ts'
import { deleteMapping } from '../domains/base-path-mappings.ts'
import { refuseDomainId } from '../domains/unserved-domain.ts'
import { permission } from '../permissions.ts'

export default operation(DeleteBasePathMapping, {
  authorize: ({ domainName, basePath }, caller) =>
    permission('DELETE', `/domainnames/${domainName}/basepathmappings/${basePath}`, caller),

  run({ domainName, domainNameId, basePath }, caller, ports) {
    refuseDomainId(domainNameId)
    deleteMapping(domainName, basePath, caller, ports)
  },
})
