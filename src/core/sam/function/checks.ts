import { isMap, type ValueMap } from '../../template/value.ts'
import { expectText, ofProperty } from '../expect.ts'
import { repr, str, truthy } from '../python.ts'
import { orderedEntries } from '../python2/ordered-entries.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import { DEAD_LETTER_ACTIONS } from './dead-letters.ts'

/** Refuses properties of a function that do not go together. */
export function checkFunction(fn: SamResource): void {
  checkCombinations(fn)
  checkDeadLetterQueue(fn)
  checkTenancy(fn)
}

const present = (properties: ValueMap, name: string) => (properties[name] ?? null) !== null

function checkCombinations({ id, properties }: SamResource): void {
  const problems: string[] = []
  for (const other of ['ProvisionedConcurrencyConfig', 'VpcConfig']) {
    if (present(properties, 'CapacityProviderConfig') && present(properties, other)) {
      problems.push(`Cannot specify 'CapacityProviderConfig' and '${other}' together.`)
    }
  }
  for (const [name, needed] of [
    ['FunctionScalingConfig', 'CapacityProviderConfig'],
    ['VersionDeletionPolicy', 'AutoPublishAlias'],
  ] as const) {
    if (present(properties, name) && !present(properties, needed)) problems.push(`'${name}' requires '${needed}'.`)
  }
  if (problems.length > 0) throw invalidResource(id, problems.join('\n'))
}

function checkDeadLetterQueue({ id, properties }: SamResource): void {
  const queue = properties['DeadLetterQueue']
  if (!isMap(queue) || !truthy(queue)) return
  if (!truthy(queue['Type']) || !truthy(queue['TargetArn'])) {
    throw invalidResource(id, "'DeadLetterQueue' requires Type and TargetArn properties to be specified.")
  }
  const type = expectText(queue['Type'], ofProperty(id), 'DeadLetterQueue.Type')
  if (!Object.hasOwn(DEAD_LETTER_ACTIONS, type)) {
    throw invalidResource(id, `'DeadLetterQueue' requires Type of ${repr(Object.keys(DEAD_LETTER_ACTIONS))}`)
  }
}

/** Functions that keep their tenants apart do without whatever is shared between calls. */
function checkTenancy({ id, properties }: SamResource): void {
  if (!truthy(properties['TenancyConfig'])) return
  for (const [name, noun] of [
    ['ProvisionedConcurrencyConfig', 'Provisioned concurrency'],
    ['FunctionUrlConfig', 'Function URL'],
    ['SnapStart', 'SnapStart'],
  ] as const) {
    if (truthy(properties[name])) {
      throw invalidResource(id, `${noun} is not supported for functions enabled with tenancy configuration.`)
    }
  }
  const { Events } = properties
  for (const [, event] of isMap(Events) ? orderedEntries(Events) : []) {
    const type = isMap(event) ? event['Type'] : undefined
    if (type === 'Api' || type === 'HttpApi') continue
    throw invalidResource(
      id,
      `Event source '${str(type)}' is not supported for functions enabled with tenancy configuration. Only Api and HttpApi event sources are supported.`,
    )
  }
}
