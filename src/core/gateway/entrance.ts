import type { SourceMap } from '../template/position.ts'

/** An interface VPC endpoint for `execute-api`, as the gateway knows it: a way in that is not the public one. */
export interface Entrance {
  /** `vpce-` and 17 hexadecimal digits. */
  readonly endpointId: string
  readonly account: string
  readonly region: string
  readonly vpcId: string
  /** `com.amazonaws.{region}.execute-api`; an endpoint of another service routes to no API. */
  readonly serviceName: string
  /** The loopback port that stands for it; absent before it is first opened. */
  readonly port?: number
  /** Regional first, then zonal, then the private names: the order of `DescribeVpcEndpoints`. */
  readonly dnsNames: readonly string[]
  readonly privateDnsEnabled: boolean
  /** The endpoint policy as JSON, with where it was written. Absent: full access. */
  readonly policy?: { readonly document: unknown; readonly sources: SourceMap; readonly stack?: string }
  /** Addresses of its network interfaces, one a subnet. */
  readonly addresses: readonly string[]
}
