import { operation } from '#kit/operation.ts'
import { DeleteBasePathMapping } from '#services/models/apigateway.ts'
import { deleteMapping } from '../domains/base-path-mappings.ts'
import { domainKey } from '../domains/domain-names.ts'
import { permission } from '../permissions.ts'

export default operation(DeleteBasePathMapping, {
  authorize: ({ domainName, basePath }, caller) =>
    permission('DELETE', `/domainnames/${domainName}/basepathmappings/${basePath}`, caller),

  run({ domainName, domainNameId, basePath }, caller, ports) {
    deleteMapping(domainKey(domainName, domainNameId), basePath, caller, ports)
  },
})
