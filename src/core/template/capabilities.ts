import { sectionOf } from './conditions.ts'
import { declaredMacros, embeddedMacros } from './macro-calls.ts'
import { isMap, memberOf, type Value, type ValueMap } from './value.ts'

export type Capability = 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND'

export interface CapabilityNeed {
  readonly capability: Capability
  /** The resource types, or the transforms, that ask for it. */
  readonly because: readonly string[]
  /** `CapabilitiesReason`, as GetTemplateSummary and ValidateTemplate write it. */
  readonly reason: string
}

/**
 * IAM types that need an acknowledgement, and the property that gives them a name of the user's choice.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */
const IAM_TYPES: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserToGroupAddition': undefined,
}

/** What a caller has to acknowledge. Conditions do not count: AWS asks for what the template may create. */
export function capabilityNeeds(template: ValueMap): readonly CapabilityNeed[] {
  const iam = Object.values(sectionOf(template, 'Resources'))
    .filter(isMap)
    .flatMap((resource) => {
      const type = String(memberOf(resource, 'Type'))
      return Object.hasOwn(IAM_TYPES, type) ? [{ type, named: isNamed(type, memberOf(resource, 'Properties')) }] : []
    })
  const types = [...new Set(iam.map(({ type }) => type))]
  const transforms = transformsIn(template)
  return [
    ...(types.length > 0 ? [need(iam.some(({ named }) => named) ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM', types)] : []),
    ...(transforms.length > 0 ? [need('CAPABILITY_AUTO_EXPAND', transforms)] : []),
  ]
}

export function requiredCapabilities(template: ValueMap): readonly Capability[] {
  return capabilityNeeds(template).map(({ capability }) => capability)
}

/** Those needed that the caller has not acknowledged. Acknowledging named IAM resources acknowledges all of them. */
export function missingCapabilities(template: ValueMap, given: readonly string[]): readonly Capability[] {
  return requiredCapabilities(template).filter(
    (capability) => !given.includes(capability) && !(capability === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM')),
  )
}

/** The names of the transforms of a template, and of those in the middle of it. */
export function transformsIn(template: ValueMap): readonly string[] {
  return [...new Set([...declaredMacros(template), ...embeddedMacros(template)].map(({ name }) => name))]
}

function isNamed(type: string, properties: Value | undefined): boolean {
  const name = IAM_TYPES[type]
  return name !== undefined && isMap(properties) && memberOf(properties, name) !== undefined
}

function need(capability: Capability, because: readonly string[]): CapabilityNeed {
  return { capability, because, reason: `The following resource(s) require capabilities: [${because.join(', ')}]` }
}
