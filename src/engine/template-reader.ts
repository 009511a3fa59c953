import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { transform } from '#core/sam/transform.ts'
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
import type { StoredTemplate } from '#kit/stacks.ts'

const SERVERLESS = 'AWS::Serverless-2016-10-31'

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
  expand(read: ReadTemplate, scope: Scope): ValueMap
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
        description: typeof template.Description === 'string' ? template.Description : undefined,
      }
    },
    expand: (read, scope) =>
      expanded(
        JSON.stringify([scope.region, read.submittedAt, read.parameters.texts, read.parameters.resolved, read.text]),
        read,
        scope,
      ),
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

/** AWS's own transforms exist, so its words for one that does not would send people looking for a typing mistake. */
function unknownTransform(name: string): AwsError {
  const message = name.startsWith('AWS::')
    ? `Postern does not carry out the transform ${name}; write what it would insert into the template`
    : `No transform named ${name} found.`
  return new AwsError('ValidationError', message)
}

function parseAndCheck({ body, file }: StoredTemplate): ValueMap {
  const template = parseTemplate(body, file === undefined ? {} : { file })
  checkTemplate(template)
  return template
}

function expand({ template, parameters, transforms, submittedAt = 0 }: ReadTemplate, { region }: Scope): ValueMap {
  let expanded = template
  for (const name of transforms) {
    if (name !== SERVERLESS) throw unknownTransform(name)
    const values = Object.fromEntries(Object.entries(parameters.values).map(([key, value]) => [key, value as Value]))
    const result = transform(expanded, { parameters: values, region, time: Math.floor(submittedAt / 1000) })
    if (!result.ok)
      throw new AwsError('ValidationError', `Transform ${name} failed with: ${result.message}`, { causes: result.causes })
    expanded = result.template
  }
  if (transforms.length > 0) checkTemplate(expanded)
  return expanded
}
