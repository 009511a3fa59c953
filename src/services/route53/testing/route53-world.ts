import type { AwsError } from '#core/aws/aws-error.ts'
import type { Ports } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import type { Change } from '#services/models/route53.ts'

export const scope = { account: '111122223333', region: 'eu-central-1' }
export const stranger = { account: '444455556666', region: 'eu-central-1' }

export const VPC = { VPCId: 'vpc-00000001', VPCRegion: 'eu-central-1' } as const
export const OTHER_VPC = { VPCId: 'vpc-00000002', VPCRegion: 'eu-central-1' } as const
export const STRANGERS_VPC = { VPCId: 'vpc-00000003', VPCRegion: 'eu-central-1' } as const

const owners = new Map<string, string>([
  [VPC.VPCId, scope.account],
  [OTHER_VPC.VPCId, scope.account],
  [STRANGERS_VPC.VPCId, stranger.account],
])

/** An account with two VPCs, and another with one. */
export function route53World(): Ports {
  return fakePorts({ vpcs: { ownerOf: (region, id) => (region === 'eu-central-1' ? owners.get(id) : undefined) } })
}

export function change(
  Action: Change['Action'],
  Name: string,
  Type: Change['ResourceRecordSet']['Type'],
  ...values: string[]
): Change {
  return { Action, ResourceRecordSet: { Name, Type, TTL: 60, ResourceRecords: values.map((Value) => ({ Value })) } }
}

export function aliasChange(Action: Change['Action'], Name: string, DNSName: string, HostedZoneId = 'Z2OJLYMUO9EFXC'): Change {
  const AliasTarget = { HostedZoneId, DNSName, EvaluateTargetHealth: false }
  return { Action, ResourceRecordSet: { Name, Type: 'A', AliasTarget } }
}

/** How a call is refused, as `Code: message`; nothing where it is not. */
export function refusalOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    const { code, message } = error as AwsError
    return `${code}: ${message}`
  }
}
