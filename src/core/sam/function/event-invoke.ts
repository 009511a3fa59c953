import type { Value, ValueList, ValueMap } from '../../template/value.ts'
import { expectMap, ofProperty } from '../expect.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { SEND_TO } from '../iam-policies.ts'
import { getAtt, ifArguments, isIf, isNoValue, MALFORMED_IF, not, onlyIf, ref } from '../intrinsics.ts'
import { digestOf } from '../logical-id.ts'
import { orNothing, repr, str, truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'

const KINDS = Object.keys(SEND_TO)
/** Destinations that are made where the user names none. */
const MADE = ['SQS', 'SNS']

/** What happens to the results of asynchronous calls, and what the function's role needs for it. */
export function eventInvokeConfig(
  fn: SamResource,
  alias: { id: string; name: string } | undefined,
  transformation: Transformation,
): { resources: GeneratedResource[]; policies: ValueList } {
  const id = `${fn.id}EventInvokeConfig`
  const config = transformation.resolve(fn.properties['EventInvokeConfig']!) as ValueMap
  const destinations: ValueMap = {}
  const resources: GeneratedResource[] = []
  const policies: ValueList = []
  if (truthy(config['DestinationConfig'])) {
    const written = expectMap(config['DestinationConfig'], ofProperty(fn.id), 'EventInvokeConfig.DestinationConfig')
    for (const name of ['OnSuccess', 'OnFailure']) {
      if ((written[name] ?? null) === null) continue
      const settings = expectMap(written[name], ofProperty(fn.id), `EventInvokeConfig.DestinationConfig.${name}`)
      const { made, destination, policy } = destinationOf(fn, settings, id, name, transformation)
      destinations[name] = { Destination: destination }
      settings['Destination'] = destination
      if (made) resources.push(made)
      policies.push(policy)
    }
  }
  const invoke = generated(
    id,
    'AWS::Lambda::EventInvokeConfig',
    {
      FunctionName: ref(fn.id),
      Qualifier: alias ? alias.name : '$LATEST',
      DestinationConfig: destinations,
      MaximumEventAgeInSeconds: config['MaximumEventAgeInSeconds'],
      MaximumRetryAttempts: config['MaximumRetryAttempts'],
    },
    { attributes: fn.attributes, ...(alias && { dependsOn: [alias.id] }) },
  )
  return { resources: [...resources, invoke], policies }
}

interface Destination {
  readonly made: GeneratedResource | undefined
  readonly destination: Value
  readonly policy: ValueMap
}

function destinationOf(
  fn: SamResource,
  settings: ValueMap,
  configId: string,
  name: string,
  transformation: Transformation,
): Destination {
  const kind = settings['Type']
  if (typeof kind !== 'string' || !KINDS.includes(kind)) {
    throw invalidResource(fn.id, `'Type: ${str(kind)}' must be one of ${repr(KINDS)}`)
  }
  const id = configId + name
  const written = settings['Destination'] ?? null
  const missing = missingUnder(written, configId, transformation)
  if (written !== null && !missing) return { made: undefined, destination: written, policy: SEND_TO[kind]!(written, id) }
  if (!MADE.includes(kind)) throw invalidResource(fn.id, `Destination is required if Type is not ${repr(MADE)}`)
  const made =
    kind === 'SQS'
      ? generated(`${id}Queue`, 'AWS::SQS::Queue', {}, { attributes: fn.inherited })
      : generated(`${id}Topic`, 'AWS::SNS::Topic', {}, { attributes: fn.inherited })
  const condition = bothConditions(fn, orNothing(fn.inherited['Condition']), missing?.condition, transformation)
  if (condition !== undefined) made.attributes['Condition'] = condition
  const arn = kind === 'SQS' ? getAtt(made.id, 'Arn') : ref(made.id)
  const destination = missing ? onlyIf(missing.condition, arn, missing.otherwise) : arn
  return { made, destination, policy: SEND_TO[kind]!(destination, id) }
}

/** The condition under which an `Fn::If` leaves the destination open, and the destination when it does not. */
function missingUnder(
  destination: Value,
  configId: string,
  { addConditions }: Transformation,
): { condition: string; otherwise: Value } | undefined {
  if (!isIf(destination)) return undefined
  const items = ifArguments(destination)
  if (!items) throw invalidResource(configId, `Malformed 'Destination' property: ${MALFORMED_IF}.`)
  const [condition, then, otherwise] = items
  if (isNoValue(then) === isNoValue(otherwise)) return undefined
  if (isNoValue(then)) return { condition: str(condition), otherwise }
  const negated = conditionName(`NOT${str(condition)}`, configId)
  addConditions({ [negated]: not(str(condition)) })
  return { condition: negated, otherwise: then }
}

function bothConditions(
  fn: SamResource,
  own: Value | undefined,
  other: string | undefined,
  { addConditions }: Transformation,
): Value | undefined {
  if (own === undefined || other === undefined) return own ?? other
  const name = conditionName(`${str(own)}AND${other}`, fn.id)
  // AWS nests `Condition` twice here, and what it makes is what is expected.
  const twice = [str(own), other].map((condition) => ({ Condition: { Condition: condition } }))
  addConditions({ [name]: { 'Fn::And': twice } })
  return name
}

/** At most as long as CloudFormation lets a name be. */
function conditionName(name: string, hashed: string): string {
  return (name + digestOf(hashed).slice(0, 10)).slice(0, 255)
}
