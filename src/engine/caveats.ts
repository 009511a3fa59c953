import type { AwsError } from '#core/aws/aws-error.ts'
import { checkProperties, type Finding } from '#core/plan/check-properties.ts'
import { positionedAs, withSources } from '#core/template/position.ts'
import type { ResourceDefinition } from '#core/template/resources.ts'
import { isList, isMap, type Value, type ValueMap } from '#core/template/value.ts'
import type { AnyResourceType } from '#kit/resource.ts'
import type { Intent } from '#kit/stacks.ts'

/*
 * What Postern does not do of a resource is refused, or, where the stack takes stubs, left out and told of: a caveat, which the
 * resource carries from then on.
 */

export interface Judgement {
  /** What cannot be. */
  readonly refused: readonly Finding[]
  /** What the stack goes without. */
  readonly caveats: readonly Finding[]
}

export function judge(definition: ResourceDefinition, type: AnyResourceType, takesStubs: boolean): Judgement {
  const findings = checkProperties(definition, type.schema, type)
  const isCaveat = ({ kind }: Finding) => takesStubs && kind.startsWith('unsupported')
  return {
    refused: findings.filter((finding) => !isCaveat(finding)),
    caveats: [...(type.isStub ? [stubFinding(definition)] : []), ...findings.filter(isCaveat)],
  }
}

function stubFinding({ logicalId, type, position }: ResourceDefinition): Finding {
  return {
    logicalId,
    kind: 'stub',
    path: `Resources.${logicalId}`,
    property: [],
    message: `a stub: ${type} is not implemented by Postern`,
    ...(position && { position }),
  }
}

/** What a handler says that it does not do. */
export function findingOf({ message, position }: AwsError, logicalId: string): Finding {
  const path = `Resources.${logicalId}`
  return { logicalId, kind: 'noted', path, property: [], message, ...(position && { position }) }
}

/** What its handler said of a resource when it last worked on it. */
export function notedOf({ caveats = [] }: Intent): readonly Finding[] {
  return caveats.filter(({ kind }) => kind === 'noted')
}

/** As the status reason of what is there all the same. */
export function caveatsInWords(caveats: readonly Finding[] = []): string | undefined {
  return caveats.length > 0 ? caveats.map(({ message }) => message).join('; ') : undefined
}

/** The properties as the handler gets them: without those that it could do nothing with. */
export function honoured({ written, sources, caveats = [] }: Intent): ValueMap {
  const gone = caveats.flatMap(({ kind, property }) => (kind === 'unsupported' ? [property] : []))
  return gone.reduce<Value>(without, withSources(written, sources)) as ValueMap
}

function without(value: Value, [step, ...rest]: readonly (string | number)[]): Value {
  if (step === undefined || (!isMap(value) && !isList(value))) return value
  const members: [string, Value][] = Object.entries(value).flatMap(([key, member]) => {
    if (key !== String(step)) return [[key, member]]
    return rest.length > 0 ? [[key, without(member, rest)]] : []
  })
  return positionedAs(isList(value) ? members.map(([, member]) => member) : Object.fromEntries(members), value)
}
