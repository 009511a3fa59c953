import { operation } from '#kit/operation.ts'
import { GetBasePathMappings } from '#services/models/apigateway.ts'
import { describeMapping, listMappings } from '../domains/base-path-mappings.ts'
import { refuseDomainId } from '../domains/unserved-domain.ts'
import { page } from '../page.ts'
import { permission } from '../permissions.ts'

export default operation(GetBasePathMappings, {
  authorize: ({ domainName }, caller) => permission('GET', `/domainnames/${domainName}/basepathmappings`, caller),

  run({ domainName, domainNameId, ...input }, caller, ports) {
    refuseDomainId(domainNameId)
    const { items, ...more } = page(listMappings(domainName, caller, ports), input, ({ basePath }) => basePath)
    return { items: items.map(describeMapping), ...more }
  },
})
