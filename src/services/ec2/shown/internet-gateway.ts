import type * as Model from '#services/models/ec2.ts'
import type { InternetGateway } from '../records.ts'

export function shownInternetGateway(
  { account }: { readonly account: string },
  { id, vpcId, tags }: InternetGateway,
): Model.InternetGateway {
  return {
    InternetGatewayId: id,
    OwnerId: account,
    // AWS's word for an attached gateway is not its word for an attached anything else.
    Attachments: vpcId === undefined ? [] : [{ State: 'available' as 'attached', VpcId: vpcId }],
    Tags: tags,
  }
}
