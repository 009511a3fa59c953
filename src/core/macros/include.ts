import { AwsError } from '../aws/aws-error.ts'
import { scopeOfParameters, valueIn } from '../template/conditions.ts'
import { declaredMacros, embeddedMacros, type MacroCall } from '../template/macro-calls.ts'
import { parseTemplate } from '../template/parse.ts'
import { AT, type Position, positionOfMember, positionsOf } from '../template/position.ts'
import type { EvaluationScope, PseudoParameters } from '../template/scope.ts'
import { memberOf, type ValueMap } from '../template/value.ts'
import { failed } from './refusal.ts'

const NAME = 'AWS::Include'

/** What the location of a snippet may be made of, and where its text comes from. */
interface SnippetSource {
  /** The whole template. */
  readonly template: ValueMap
  readonly parameters: EvaluationScope['parameters']
  readonly region: string
  readonly pseudo?: Partial<PseudoParameters>
  readonly snippet?: ReadSnippet
}

/**
 * The text at the `Location` of an `AWS::Include`, or nothing where only CloudFormation can read it. Throws an `AwsError` that says why
 * it cannot.
 */
export type ReadSnippet = (location: string) => string | undefined

/**
 * A map with the members of the snippet that the call names after its own: the snippet's counts where both have one of a name. Nothing
 * where the snippet cannot be read here.
 */
export function include(call: MacroCall, into: ValueMap, snippets: SnippetSource): ValueMap | undefined {
  if (!snippets.snippet) return undefined
  const location = locationOf(call, snippets)
  const text = textAt(location, call, snippets.snippet)
  if (text === undefined) return undefined
  const snippet = parseSnippet(text, location, call)
  if (embeddedMacros(snippet).length > 0) throw failed(NAME, NOT_WELL_FORMED, call.at)
  const merged: ValueMap = { ...into, ...snippet }
  const own = positionsOf(into)
  if (own) merged[AT] = { self: own.self, members: { ...own.members, ...positionsOf(snippet)?.members } }
  return merged
}

/** Where a snippet is, and where the template says so. */
interface SnippetLocation {
  readonly location: string
  readonly at: Position | undefined
}

/** Every location that the template's includes name, once, in the order in which they run. */
export function snippetLocations(snippets: Omit<SnippetSource, 'snippet'>): readonly SnippetLocation[] {
  const calls = [...embeddedMacros(snippets.template), ...declaredMacros(snippets.template)].filter(({ name }) => name === NAME)
  const found = new Map<string, SnippetLocation>()
  for (const call of calls) {
    const location = locationOf(call, snippets)
    if (!found.has(location)) found.set(location, { location, at: placeOf(call) })
  }
  return [...found.values()]
}

/** The bucket and key of a location, which can be written in no other form than `s3://bucket/key`. */
export function parseSnippetLocation({ location, at }: SnippetLocation): { readonly bucket: string; readonly key: string } {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(location) ?? []
  if (bucket === undefined || key === undefined) throw failed(NAME, NO_LOCATION, at)
  return { bucket, key }
}

// Reported: https://github.com/amazon-archives/realworld-serverless-application/issues/58
const NO_LOCATION = 'The location parameter is not a valid S3 uri.'

const placeOf = ({ parameters, at }: MacroCall) => positionOfMember(parameters, 'Location') ?? at

/** The location may be a function of parameters. */
function locationOf(call: MacroCall, snippets: Omit<SnippetSource, 'snippet'>): string {
  const written = memberOf(call.parameters, 'Location') ?? null
  const place = placeOf(call)
  const pseudo = { Region: snippets.region, ...snippets.pseudo } as PseudoParameters
  const location = refusedAs(NO_LOCATION, place, () =>
    valueIn(written, scopeOfParameters(snippets.template, snippets.parameters, pseudo)),
  )
  if (typeof location !== 'string') throw failed(NAME, NO_LOCATION, place)
  return location
}

function textAt(location: string, call: MacroCall, read: ReadSnippet): string | undefined {
  try {
    return read(location)
  } catch (error) {
    if (!(error instanceof AwsError) || error.position) throw error
    throw new AwsError(error.code, error.message, { position: placeOf(call), cause: error })
  }
}

/** What a whole template includes cannot be left for later: other transforms wait for it. */
export function refuseWithoutText(call: MacroCall): never {
  throw failed(NAME, 'the snippet cannot be read here', placeOf(call))
}

function parseSnippet(text: string, location: string, call: MacroCall): ValueMap {
  return refusedAs(NOT_WELL_FORMED, call.at, () => parseTemplate(text, { file: location, shortFunctions: false }))
}

// Reported, for short functions too: https://github.com/awsdocs/aws-cloudformation-user-guide/pull/232
const NOT_WELL_FORMED = "The specified S3 object's content should be valid Yaml/JSON"

/** What `work` refuses is refused with this reason instead; where in a snippet the mistake is stays known. */
function refusedAs<T>(reason: string, at: Position | undefined, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw failed(NAME, reason, error.position ?? at)
  }
}
