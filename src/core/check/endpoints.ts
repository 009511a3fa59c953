import type { Value } from '../template/value.ts'
import type { Resource, Subjects } from './subjects.ts'

/** The VPC endpoints through which private APIs are reached. */
export function apiEndpointsOf(subjects: Subjects): readonly Resource[] {
  return subjects.ofType('AWS::EC2::VPCEndpoint').filter(({ properties }) => isExecuteApi(properties['ServiceName']))
}

function isExecuteApi(service: Value | undefined): boolean {
  return typeof service === 'string' && service.endsWith('.execute-api')
}
