import type { ValueMap } from './value.ts'

export type Capability = 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND'

export interface CapabilityNeed {
  readonly capability: Capability
  /** The logical ids, or the transform's name, that ask for it. */
  readonly because: readonly string[]
  /** `CapabilitiesReason`, as GetTemplateSummary and ValidateTemplate write it. */
  readonly reason: string
}

export function capabilityNeeds(_template: ValueMap): readonly CapabilityNeed[] {
  throw new Error('being written')
}

export function requiredCapabilities(template: ValueMap): readonly Capability[] {
  return capabilityNeeds(template).map((need) => need.capability)
}
