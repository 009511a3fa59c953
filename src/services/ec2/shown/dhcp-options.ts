import type { Scope } from '#core/aws/scope.ts'
import type * as Model from '#services/models/ec2.ts'
import type { DhcpOptions } from '../records.ts'

export function shownDhcpOptions({ account }: Scope, { id, options, tags }: DhcpOptions): Model.DhcpOptions {
  return {
    DhcpOptionsId: id,
    OwnerId: account,
    DhcpConfigurations: options.map(({ name, values }) => ({ Key: name, Values: values.map((Value) => ({ Value })) })),
    Tags: tags,
  }
}
