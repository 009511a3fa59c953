import { type Partition, partitionOf } from '../aws/scope.ts'

/** An ARN in this account and region, to be written into `Fn::Sub`. */
export function arnText(partition: string, service: string, resource: string, { account = true } = {}): string {
  return `arn:${partition}:${service}:\${AWS::Region}:${account ? '${AWS::AccountId}:' : ''}${resource}`
}

export function managedPolicyArn(partition: Partition, path: string): string {
  return `arn:${partition}:iam::aws:policy/${path}`
}

/** API Gateway has edge-optimized endpoints only here; elsewhere the transform asks for regional ones. */
export function hasEdgeEndpoints(partition: Partition): boolean {
  return !partition.startsWith('aws-iso') && !['aws-us-gov', 'aws-cn', 'aws-eusc'].includes(partition)
}

export { type Partition, partitionOf }
