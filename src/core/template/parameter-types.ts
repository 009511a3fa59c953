/** What a parameter's type says of its value. */
export interface ParameterType {
  readonly kind: 'String' | 'Number' | 'CommaDelimitedList' | 'List<Number>' | 'ssm' | 'ssm-list'
}

const SSM = /^AWS::SSM::Parameter::Value<(.+)>$/
/** `AWS::EC2::VPC::Id` and its like: checked against the account by AWS, taken as text here. */
const AWS_SPECIFIC = /^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9]+$/
const AWS_SPECIFIC_SHORT = new Set(['AWS::SSM::Parameter::Name'])

/** Reads a parameter's type, or answers nothing where CloudFormation has no such type. */
export function parameterTypeOf(name: string): ParameterType | undefined {
  if (name === 'String' || name === 'Number' || name === 'CommaDelimitedList' || name === 'List<Number>') return { kind: name }
  const ssm = SSM.exec(name)?.[1]
  if (ssm !== undefined) return { kind: isListType(ssm) ? 'ssm-list' : 'ssm' }
  const element = /^List<(.+)>$/.exec(name)?.[1]
  if (element !== undefined) return isAwsSpecific(element) || element === 'String' ? { kind: 'CommaDelimitedList' } : undefined
  return isAwsSpecific(name) ? { kind: 'String' } : undefined
}

function isListType(name: string): boolean {
  return name === 'CommaDelimitedList' || name.startsWith('List<')
}

function isAwsSpecific(name: string): boolean {
  return AWS_SPECIFIC.test(name) || AWS_SPECIFIC_SHORT.has(name)
}

/** The members of a list as a parameter writes them: parted by commas, blanks around them dropped. */
export function splitList(text: string): readonly string[] {
  return text === '' ? [] : text.split(',').map((member) => member.trim())
}
