import type { Ports } from '#kit/ports.ts'
import { VPC } from './kinds.ts'

/** EC2's VPCs as other services ask for them. */
export function vpcsPort({ records }: Pick<Ports, 'records'>): Ports['vpcs'] {
  return {
    ownerOf: (region, vpcId) =>
      records.all(VPC.table).find(({ scope, value }) => scope.region === region && value.id === vpcId)?.scope.account,
  }
}
