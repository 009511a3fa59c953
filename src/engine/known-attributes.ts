import type { PhysicalResource } from '#kit/stacks.ts'

/**
 * What `Fn::GetAtt` yields of a resource: its attributes, and the properties that it was given. AWS answers for these too where the
 * registry knows the type. Recorded of `AWS::SNS::Topic.DisplayName`, which no documentation lists as an attribute.
 */
export function knownAttributes({ written, attributes }: PhysicalResource): Readonly<Record<string, unknown>> {
  return { ...written, ...attributes }
}
