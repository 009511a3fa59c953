import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { overlaps, parseCidr } from '#core/net/cidr.ts'
import { forgetEnded } from './ended.ts'
import { type Ec2, find, listAll, newId, save, VPC, VPC_PEERING } from './kinds.ts'
import type { VpcPeering } from './records.ts'
import type { Tag } from './tags.ts'

type Stored = Pick<Ec2, 'records'>

export interface NewPeering {
  readonly vpcId: string
  readonly peerVpcId: string
  /** Absent: the caller's own account. */
  readonly peerAccount?: string | undefined
  readonly peerRegion?: string | undefined
  readonly tags: readonly Tag[]
}

/** Asks the other side's owner. What cannot come about is made all the same, and has failed. */
export function createPeering(scope: Scope, wanted: NewPeering, ports: Ec2): VpcPeering {
  const { peerVpcId, peerAccount = scope.account, peerRegion = scope.region, tags } = wanted
  const own = find(VPC, scope, wanted.vpcId, ports)
  if (peerRegion !== scope.region)
    throw new AwsError('UnsupportedOperation', 'peering connections between regions are not supported, only within one')
  const peer = ports.records.get(VPC.table, { account: peerAccount, region: peerRegion }, peerVpcId)
  // unverified: AWS's words.
  if (listAll(VPC_PEERING, scope, ports).some((one) => isOpen(one) && joins(one, own.id) && joins(one, peerVpcId)))
    throw new AwsError('VpcPeeringConnectionAlreadyExists', 'A VPC peering connection between the VPCs already exists.')
  forgetEnded(VPC_PEERING, scope, SHOWN_AFTER_END, ports)
  const peering: VpcPeering = {
    id: newId(ports.ids, VPC_PEERING.prefix),
    requester: { ...scopeOf(scope), vpcId: own.id, cidrBlock: own.cidrBlock },
    accepter: { account: peerAccount, region: peerRegion, vpcId: peerVpcId, ...(peer && { cidrBlock: peer.cidrBlock }) },
    state: 'pending-acceptance',
    message: `Pending Acceptance by ${peerAccount}`,
    createdAt: ports.clock.now(),
    tags,
  }
  if (!peer || blocksOverlap(own, peer)) return save(VPC_PEERING, scope, { ...peering, ...FAILED, ...ended(ports) }, ports)
  // The requester's record last: with both sides in one account there is only one.
  save(VPC_PEERING, scopeOf(peering.accepter), { ...peering, tags: [] }, ports)
  return save(VPC_PEERING, scope, peering, ports)
}

const FAILED = {
  state: 'failed',
  message: 'Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range',
} as const

const scopeOf = ({ account, region }: Scope): Scope => ({ account, region })
const ended = ({ clock }: Pick<Ec2, 'clock'>) => ({ endedAt: clock.now() })

function blocksOverlap(one: { readonly cidrBlock: string }, other: { readonly cidrBlock: string }): boolean {
  const [first, second] = [parseCidr(one.cidrBlock), parseCidr(other.cidrBlock)]
  return first !== undefined && second !== undefined && overlaps(first, second)
}

export function acceptPeering(scope: Scope, id: string, ports: Ec2): VpcPeering {
  checkAccepter(scope, id, 'accept', 'provisioning', ports)
  return change(scope, id, { state: 'active', message: 'Active' }, ports)
}

export function rejectPeering(scope: Scope, id: string, ports: Ec2): void {
  checkAccepter(scope, id, 'reject', 'rejected', ports)
  // unverified: the words beside the state.
  change(scope, id, { state: 'rejected', message: `Rejected by ${scope.account}`, ...ended(ports) }, ports)
}

/** Routes through it stay, and lead nowhere. */
export function deletePeering(scope: Scope, id: string, ports: Ec2): void {
  const peering = find(VPC_PEERING, scope, id, ports)
  if (!isOpen(peering)) throw wrongState(peering, 'deleting')
  if (peering.state === 'pending-acceptance' && peering.requester.account !== scope.account)
    throw notPermitted(scope, 'delete', id)
  change(scope, id, { state: 'deleted', message: `Deleted by ${scope.account}`, ...ended(ports) }, ports)
}

function checkAccepter(scope: Scope, id: string, verb: 'accept' | 'reject', next: string, ports: Stored): void {
  const peering = find(VPC_PEERING, scope, id, ports)
  if (peering.accepter.account !== scope.account) throw notPermitted(scope, verb, id)
  if (peering.state !== 'pending-acceptance') throw wrongState(peering, next)
}

const notPermitted = ({ account }: Scope, verb: string, id: string) =>
  new AwsError('OperationNotPermitted', `User (${account}) cannot ${verb} peering ${id}`)

const wrongState = ({ id, state }: VpcPeering, next: string) =>
  new AwsError('InvalidStateTransition', `Invalid state transition for ${id}, attempted to transition from ${state} to ${next}`)

/** Both sides see the change; their tags stay their own. */
function change(scope: Scope, id: string, to: Partial<VpcPeering>, ports: Stored): VpcPeering {
  const { requester, accepter } = find(VPC_PEERING, scope, id, ports)
  for (const side of [requester, accepter].map(scopeOf)) {
    const stored = ports.records.get(VPC_PEERING.table, side, id)
    if (stored) save(VPC_PEERING, side, { ...stored, ...to }, ports)
  }
  return find(VPC_PEERING, scope, id, ports)
}

export function joins({ requester, accepter }: VpcPeering, vpcId: string): boolean {
  return requester.vpcId === vpcId || accepter.vpcId === vpcId
}

function isOpen({ state }: VpcPeering): boolean {
  return state === 'active' || state === 'pending-acceptance'
}

/** Whether a connection holds the VPC, or is about to. unverified: that AWS keeps such a VPC from being deleted. */
export function isPeered(scope: Scope, vpcId: string, ports: Stored): boolean {
  return listAll(VPC_PEERING, scope, ports).some((peering) => isOpen(peering) && joins(peering, vpcId))
}

export function activePeering(scope: Scope, vpcId: string, otherId: string, ports: Stored): VpcPeering | undefined {
  return listAll(VPC_PEERING, scope, ports).find((one) => one.state === 'active' && joins(one, vpcId) && joins(one, otherId))
}

/** The state of each connection; one that nobody remembers was deleted. */
export function peeringStates(scope: Scope, ports: Stored): (id: string) => string {
  return (id) => ports.records.get(VPC_PEERING.table, scope, id)?.state ?? 'deleted'
}

/** https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-lifecycle: two hours to both sides, at least. */
export const SHOWN_AFTER_END = 2 * 60 * 60 * 1000
