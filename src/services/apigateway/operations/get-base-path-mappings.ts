import { operation } from '#kit/operation.ts'
import { GetBasePathMappings } from '#services/models/apigateway.ts'
import { describeMapping, listMappings } from '../domains/base-path-mappings.ts'
import { domainKey } from '../domains/domain-names.ts'
import { page } from '../page.ts'
import { permission } from '../permissions.ts'

export default operation(GetBasePathMappings, {
  authorize: ({ domainName }, caller) => permission('GET', `/domainnames/${domainName}/basepathmappings`, caller),

  run({ domainName, domainNameId, ...input }, caller, ports) {
    const { items, ...more } = page(
      listMappings(domainKey(domainName, domainNameId), caller, ports),
      input,
      ({ basePath }) => basePath,
    )
    return { items: items.map(describeMapping), ...more }
  },
})
