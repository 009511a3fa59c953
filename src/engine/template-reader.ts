import type { Scope } from '#core/aws/scope.ts'
import { expandTemplate } from '#core/macros/expand.ts'
import { failed } from '#core/macros/refusal.ts'
import { transformsIn } from '#core/template/capabilities.ts'
import { checkTemplate } from '#core/template/check.ts'
import {
  type GivenParameter,
  type ParameterLookups,
  type ResolvedParameters,
  resolveParameters,
} from '#core/template/parameters.ts'
import { parseTemplate } from '#core/template/parse.ts'
import type { Value, ValueMap } from '#core/template/value.ts'
import type { Snippets, StoredTemplate } from '#kit/stacks.ts'
import { pseudoParameters, type StackIdentity } from './compile.ts'

/** A template that was read: well formed, and its parameters have values. */
export interface ReadTemplate {
  /** All that it was read from. */
  readonly text: string
  readonly template: ValueMap
  readonly parameters: ResolvedParameters
  /** The names of its transforms, in order. */
  readonly transforms: readonly string[]
  readonly description?: string | undefined
  readonly submittedAt?: number | undefined
  readonly snippets?: Snippets | undefined
}

/** Reads and expands templates. What it did last it remembers: a change set's template is read again when it is executed. */
export interface TemplateReader {
  read(
    stored: StoredTemplate,
    given: readonly GivenParameter[],
    lookups: ParameterLookups,
    previous?: Readonly<Record<string, string>>,
  ): ReadTemplate
  /** Runs the template's transforms, or throws AWS's words for why one failed. */
  expand(read: ReadTemplate, scope: Scope, stack: StackIdentity): ValueMap
}

export function templateReader(): TemplateReader {
  const parsed = remembering(parseAndCheck)
  const expanded = remembering(expand)
  return {
    read(stored, given, lookups, previous = {}) {
      const text = JSON.stringify([stored.file, stored.body])
      const template = parsed(text, stored)
      return {
        text,
        template,
        parameters: resolveParameters(template, given, previous, lookups),
        transforms: transformsIn(template),
        submittedAt: stored.submittedAt,
        snippets: stored.snippets,
        description: typeof template.Description === 'string' ? template.Description : undefined,
      }
    },
    expand: (read, scope, { stackId, stackName, notificationArns }) => {
      const { text, parameters, submittedAt, snippets } = read
      const from = [
        scope.account,
        scope.region,
        stackId,
        notificationArns,
        submittedAt,
        parameters.texts,
        parameters.resolved,
        snippets,
      ]
      return expanded(JSON.stringify([...from, text]), read, scope, { stackId, stackName, notificationArns })
    },
  }
}

/** More than one deployment's worth of stacks. */
const REMEMBERED = 16

function remembering<Given extends unknown[], Result>(
  work: (...given: Given) => Result,
): (key: string, ...given: Given) => Result {
  const known = new Map<string, Result>()
  return (key, ...given) => {
    const found = known.get(key) ?? work(...given)
    known.delete(key)
    known.set(key, found)
    for (const oldest of known.keys()) if (known.size > REMEMBERED) known.delete(oldest)
    return found
  }
}

function parseAndCheck({ body, file }: StoredTemplate): ValueMap {
  const template = parseTemplate(body, file === undefined ? {} : { file })
  checkTemplate(template)
  return template
}

function expand(read: ReadTemplate, scope: Scope, stack: StackIdentity): ValueMap {
  const { template, parameters, transforms, snippets = {}, submittedAt = 0 } = read
  if (transforms.length === 0) return template
  const expanded = expandTemplate({
    template,
    parameters: Object.fromEntries(Object.entries(parameters.values).map(([key, value]) => [key, value as Value])),
    region: scope.region,
    pseudo: pseudoParameters(scope, stack),
    time: Math.floor(submittedAt / 1000),
    snippet: snippetFrom(snippets),
  })
  checkTemplate(expanded)
  return expanded
}

/** The snippets of a template whose plan was refused were never kept. */
const snippetFrom =
  (snippets: Snippets) =>
  (location: string): string => {
    const text = Object.hasOwn(snippets, location) ? snippets[location] : undefined
    if (text === undefined) throw failed('AWS::Include', `${location} was not read when the template was submitted`, undefined)
    return text
  }
