import type { Partition } from '#core/aws/scope.ts'

export interface RegionEntry {
  readonly name: string
  /** Whether an account must ask for the region before it can be used. */
  readonly optIn: boolean
}

// Source: AWS's list of regions. The regions before March 2019 are open to every account.
const OPEN: Partial<Record<Partition, readonly string[]>> = {
  aws: [
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-southeast-1',
    'ap-southeast-2',
    'ca-central-1',
    'eu-central-1',
    'eu-north-1',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'sa-east-1',
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
  ],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
}

const ON_REQUEST: Partial<Record<Partition, readonly string[]>> = {
  aws: [
    'af-south-1',
    'ap-east-1',
    'ap-east-2',
    'ap-south-2',
    'ap-southeast-3',
    'ap-southeast-4',
    'ap-southeast-5',
    'ap-southeast-6',
    'ap-southeast-7',
    'ca-west-1',
    'eu-central-2',
    'eu-south-1',
    'eu-south-2',
    'il-central-1',
    'me-central-1',
    'me-south-1',
    'mx-central-1',
  ],
}

/** The regions of a partition, in order of their names. Postern answers for any region; this is what EC2 lists. */
export function regionsOf(partition: Partition): readonly RegionEntry[] {
  const entries = (names: readonly string[] = [], optIn: boolean) => names.map((name) => ({ name, optIn }))
  return [...entries(OPEN[partition], false), ...entries(ON_REQUEST[partition], true)].sort((a, b) => (a.name < b.name ? -1 : 1))
}
