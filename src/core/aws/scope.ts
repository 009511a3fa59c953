/** Where a record, a call or a resource lives: as on AWS, nothing is shared between two scopes unless it says so. */
export interface Scope {
  /** Twelve digits. */
  readonly account: string
  /** A region's name, such as `eu-central-1`, or `GLOBAL` for services without regions (IAM, bucket names). */
  readonly region: string
}

/** The region of records that belong to no region. */
export const GLOBAL = 'aws-global'

export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov' | 'aws-iso' | 'aws-iso-b' | 'aws-iso-e' | 'aws-iso-f' | 'aws-eusc'

/** The partition that a region belongs to, told by its prefix as AWS's own tools do. */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return 'aws-cn'
  if (region.startsWith('us-gov-')) return 'aws-us-gov'
  if (region.startsWith('us-iso-')) return 'aws-iso'
  if (region.startsWith('us-isob-')) return 'aws-iso-b'
  if (region.startsWith('eu-isoe-')) return 'aws-iso-e'
  if (region.startsWith('us-isof-')) return 'aws-iso-f'
  if (region.startsWith('eusc-')) return 'aws-eusc'
  return 'aws'
}

/** The DNS suffix of a region's service names: `amazonaws.com`, in China `amazonaws.com.cn`. */
export function dnsSuffixOf(region: string): string {
  return partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
}
