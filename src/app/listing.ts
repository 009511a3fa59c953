/** What `postern list --json` prints. Scripts rely on it: members are added, never renamed. */
export interface Listing {
  readonly stacks: readonly ListedStack[]
  readonly apis: readonly ListedApi[]
  readonly endpoints: readonly ListedEndpoint[]
  readonly functions: readonly ListedFunction[]
}

export interface ListedStack {
  readonly name: string
  readonly id: string
  readonly account: string
  readonly region: string
  readonly status: string
  /** How many of its resources are stubs. */
  readonly stubs: number
}

export interface ListedApi {
  readonly id: string
  readonly name: string
  readonly account: string
  readonly region: string
  readonly type: string
  readonly stages: readonly string[]
  /** Where each stage begins, for clients on this machine. */
  readonly urls: readonly string[]
  /** The VPC endpoints that a private API is associated with. */
  readonly vpcEndpointIds: readonly string[]
  /** What decides about access and was changed after the deployment that a stage points to. */
  readonly undeployed: readonly string[]
  /** Lines that a person can paste, one for each way to call the API. */
  readonly ways: readonly ListedWay[]
}

export interface ListedWay {
  readonly how: string
  readonly curl: string
  readonly stage: string
  /** The VPC endpoint that it leads through; absent from the internet. */
  readonly endpointId?: string
}

export interface ListedEndpoint {
  readonly id: string
  readonly account: string
  readonly region: string
  readonly vpcId: string
  readonly service: string
  /** The loopback port that stands for the endpoint; only those of `execute-api` have one. */
  readonly url?: string
  readonly dnsNames: readonly string[]
}

export interface ListedFunction {
  readonly name: string
  readonly arn: string
  readonly account: string
  readonly region: string
  /** As the template names it. */
  readonly runtime: string
  /** What runs it instead, as a sentence, where that differs. */
  readonly substitution?: string
}
