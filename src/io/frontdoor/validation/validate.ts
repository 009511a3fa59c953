import { AwsError } from '#core/aws/aws-error.ts'
import type { StructureShape } from '#kit/service-model.ts'
import type { Call, Structure } from '../exchange.ts'
import { ec2Name } from '../protocols/ec2.ts'
import { shapeOf } from '../protocols/per-shape.ts'
import { type Violation, violationsOf } from './violations.ts'

/** How a service says that its input breaks the model. */
type Wording = (violations: readonly Violation[], call: Call, shape: StructureShape) => AwsError | undefined

const WORDINGS: Readonly<Record<string, Wording>> = {
  cloudformation: listed('ValidationError'),
  sts: listed('ValidationError'),
  iam: listed('ValidationError'),
  logs: listed('InvalidParameterException'),
  lambda: listed('ValidationException'),
  // Recorded: members of the body stand below the operation's input, after them those of the path stand by themselves.
  apigateway: listed('ValidationException', ({ name }) => `${lowerFirst(name)}Input`),
  route53: listed('InvalidInput'),
  ec2: missingParameter,
  s3: malformedXml,
}

/** Checks an input against its model. Throws AWS's refusal. */
export function validate(input: Structure, call: Call): void {
  const { service, shape: operation } = call
  const wording = WORDINGS[service.service]
  if (!operation.input || !wording) return
  const violations = violationsOf(service, operation.input.shape, input)
  if (violations.length === 0) return
  const refusal = wording(violations, call, shapeOf(service, operation.input.shape) as StructureShape)
  if (refusal) throw refusal
}

/** `2 validation errors detected: Value 'x' at 'a.b' failed to satisfy constraint: …; Value …` */
function listed(code: string, prefix?: (call: Call) => string): Wording {
  return (violations, call, shape) => {
    const inBody = ({ path: [first] }: Violation) => !shape.members[first ?? '']?.location
    const sentence = (violation: Violation) => {
      const path = violation.path.map(lowerFirst)
      const full = prefix && inBody(violation) ? [prefix(call), ...path] : path
      return `Value ${violation.value} at '${full.join('.')}' failed to satisfy constraint: ${violation.rule}`
    }
    const ordered = [...violations.filter(inBody), ...violations.filter((violation) => !inBody(violation))]
    const count = `${ordered.length} validation error${ordered.length === 1 ? '' : 's'} detected`
    return new AwsError(code, `${count}: ${ordered.map(sentence).join('; ')}`, { status: 400 })
  }
}

/** EC2 looks for missing parameters first and checks values in each operation, in its own words. */
function missingParameter(violations: readonly Violation[], _call: Call, shape: StructureShape): AwsError | undefined {
  const missing = violations.find((violation) => violation.missing && violation.path.length === 1)
  if (!missing) return undefined
  const [name = ''] = missing.path
  const member = shape.members[name]
  // unverified: that the name always begins lower case, as in the messages that are known
  const parameter = lowerFirst(member ? ec2Name(name, member) : name)
  return new AwsError('MissingParameter', `The request must contain the parameter ${parameter}`, { status: 400 })
}

/** S3 checks values in each operation; of a document it says only whether it fits the schema. */
function malformedXml(violations: readonly Violation[], _call: Call, { payload }: StructureShape): AwsError | undefined {
  if (!violations.some(({ missing, path }) => missing && path[0] === payload)) return undefined
  return new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
    {
      status: 400,
    },
  )
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
