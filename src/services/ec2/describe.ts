import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { ensureDefaultVpc } from './default-vpc.ts'
import { ensureDhcpOptions } from './dhcp-options.ts'
import { type Ec2, find, KINDS, type Kind, listAll } from './kinds.ts'
import { ensureDefaultAcls } from './network-acls.ts'
import type { Ec2Resource } from './records.ts'

/** What each filter of an operation looks at: one value or several, in the described shape. */
export type Filters<Shape> = Readonly<Record<string, (item: Shape) => unknown>>

export interface DescribeInput {
  readonly Filters?:
    | readonly { readonly Name?: string | undefined; readonly Values?: readonly string[] | undefined }[]
    | undefined
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

interface Tagged {
  readonly Tags?: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined
}

/** The resources with these ids, each of which must be there; all of them where no id is given. */
export function chosen<T extends Ec2Resource>(
  kind: Kind<T>,
  scope: Scope,
  ids: readonly string[] | undefined,
  ports: Ec2,
): readonly T[] {
  ensureDefaultVpc(scope, ports)
  ensureDefaultAcls(scope, ports)
  ensureDhcpOptions(scope, ports)
  return ids && ids.length > 0 ? ids.map((id) => find(kind, scope, id, ports)) : listAll(kind, scope, ports)
}

/** Everything there is, kind by kind. */
export function everyKind(scope: Scope, ports: Ec2): readonly { kind: Kind<Ec2Resource>; resources: readonly Ec2Resource[] }[] {
  return KINDS.map((kind) => ({ kind, resources: chosen(kind, scope, undefined, ports) }))
}

/** Those that every filter lets through, a page at a time. `keyOf` names an item for good: tokens rest on it. */
export function described<Shape extends object>(
  all: readonly Shape[],
  input: DescribeInput,
  filters: Filters<Shape>,
  keyOf: (item: Shape) => string | undefined,
): { page: readonly Shape[]; NextToken?: string } {
  const tests = (input.Filters ?? []).map(({ Name = '', Values = [] }) => filterTest(Name, Values, filters))
  const matching = all.filter((item) => tests.every((test) => test(item)))
  const from = input.NextToken === undefined ? 0 : matching.findIndex((item) => tokenOf(keyOf(item)) === input.NextToken) + 1
  if (input.NextToken !== undefined && from === 0) throw new AwsError('InvalidNextToken', 'The token is invalid.')
  const page = matching.slice(from, from + (input.MaxResults ?? matching.length))
  const last = page.at(-1)
  return { page, ...(last && from + page.length < matching.length && { NextToken: tokenOf(keyOf(last)) }) }
}

function tokenOf(key: string | undefined): string {
  return Buffer.from(key ?? '').toString('base64')
}

/** Values are alternatives; `*` and `?` in them stand for anything and for one character. */
function filterTest<Shape extends object>(
  name: string,
  values: readonly string[],
  filters: Filters<Shape>,
): (item: Shape) => boolean {
  const look = Object.hasOwn(filters, name) ? filters[name] : tagFilter(name)
  if (!look) throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`)
  const patterns = values.map(wildcard)
  return (item) => [look(item)].flat(2).some((found) => found !== undefined && patterns.some((one) => one.test(String(found))))
}

function tagFilter(name: string): ((item: Tagged) => unknown) | undefined {
  if (name === 'tag-key') return ({ Tags = [] }) => Tags.map(({ Key }) => Key)
  if (name === 'tag-value') return ({ Tags = [] }) => Tags.map(({ Value }) => Value)
  if (!name.startsWith('tag:')) return undefined
  const key = name.slice('tag:'.length)
  return ({ Tags = [] }) => Tags.filter(({ Key }) => Key === key).map(({ Value }) => Value)
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/\\([*?])|([.*+?^${}()|[\]\\])/g, (_all, literal, special) => {
    if (literal) return `\\${literal}`
    return special === '*' ? '.*' : special === '?' ? '.' : `\\${special}`
  })
  return new RegExp(`^${escaped}$`, 's')
}

/** EC2 tells with an error what a call would have done: the caller asked not to do it. */
export function checkDryRun({ DryRun }: { readonly DryRun?: boolean | undefined }): void {
  if (DryRun) throw new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', { status: 412 })
}
