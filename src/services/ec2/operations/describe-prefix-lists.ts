import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import type { PrefixList } from '#services/models/ec2.ts'
import { DescribePrefixLists } from '#services/models/ec2.ts'
import { described, type Filters } from '../describe.ts'
import { endpointServicesOf } from '../endpoint-services.ts'
import { prefixListIdOf } from '../prefix-lists.ts'

export default operation(DescribePrefixLists, {
  authorize: () => ({ action: 'ec2:DescribePrefixLists', resource: '*' }),

  /** The lists behind gateway endpoints. Their addresses are AWS's own and not known here. */
  run({ PrefixListIds = [], ...input }, { region }, _ports) {
    const all = endpointServicesOf(region)
      .filter(({ types }) => types.includes('Gateway'))
      .map(({ name }): PrefixList => ({ PrefixListId: prefixListIdOf(name), PrefixListName: name, Cidrs: [] }))
    const unknown = PrefixListIds.find((id) => all.every(({ PrefixListId }) => PrefixListId !== id))
    if (unknown !== undefined)
      throw new AwsError('InvalidPrefixListID.NotFound', `The prefix list ID '${unknown}' does not exist`)
    const wanted = all.filter(({ PrefixListId = '' }) => PrefixListIds.length === 0 || PrefixListIds.includes(PrefixListId))
    const { page, ...next } = described(wanted, input, filters, ({ PrefixListId }) => PrefixListId)
    return { PrefixLists: page, ...next }
  },
})

const filters: Filters<PrefixList> = {
  'prefix-list-id': ({ PrefixListId }) => PrefixListId,
  'prefix-list-name': ({ PrefixListName }) => PrefixListName,
}
