import { AwsError } from '../aws/aws-error.ts'
import { transform } from '../sam/transform.ts'
import type { AskRepository } from '../sam/transform-context.ts'
import { MAX_TEMPLATE_BYTES } from '../template/limits.ts'
import { declaredMacros, type MacroCall, replaceEmbedded } from '../template/macro-calls.ts'
import type { EvaluationScope, PseudoParameters } from '../template/scope.ts'
import type { Value, ValueMap } from '../template/value.ts'
import { include } from './include.ts'
import { extendLanguage } from './language-extensions/extend-language.ts'
import { failed } from './refusal.ts'

/** A template and what its transforms may know. */
export interface Expansion {
  /** As parsed. It is left as it is. */
  readonly template: ValueMap
  /** The values of its parameters, as `Ref` yields them. Functions of one that has none are left for the stack. */
  readonly parameters: EvaluationScope['parameters']
  readonly region: string
  /** What `AWS::…` stands for, as far as it is known: a template that is expanded on its own belongs to no stack. */
  readonly pseudo?: Partial<PseudoParameters>
  /** Seconds since 1970: what SAM's `AlwaysDeploy` sees. */
  readonly time?: number
  /** The text at the `Location` of an `AWS::Include`. Throws an `AwsError` that says why there is none; without it, there is none. */
  readonly snippet?: (location: string) => string
  /** See `TransformContext`. */
  readonly applications?: AskRepository
}

/**
 * What a template becomes once all its transforms have run: those in the middle of it, the deepest first, then those that it names as
 * a whole, in the order in which it names them.
 *
 * Throws an `AwsError` in AWS's words (`Transform AWS::… failed with: …`); its `causes` are the single mistakes, each with its place.
 * Whether what comes out is a template is `checkTemplate`'s question. A template without transforms is answered as it is.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros-overview.html
 */
export function expandTemplate(given: Expansion): ValueMap {
  const expansion = { ...given, ...(given.snippet && { snippet: limited(given.snippet) }) }
  const embedded = replaceEmbedded(expansion.template, (call, siblings) => runEmbedded(call, siblings, expansion))
  const macros = declaredMacros(expansion.template)
  const expanded = macros.reduce((template, call) => runMacro(call, template, expansion), embedded)
  if (macros.length > 0) delete expanded['Transform']
  return expanded
}

/** Snippets count each time they are included: a template of many includes of the same can be larger than any may be. */
function limited(snippet: (location: string) => string): (location: string) => string {
  let length = 0
  return (location) => {
    const text = snippet(location)
    length += text.length
    // unverified: the wording, which is that for a template that is given too large.
    if (length > MAX_TEMPLATE_BYTES)
      throw failed('AWS::Include', `Template may not exceed ${MAX_TEMPLATE_BYTES} bytes in size.`, undefined)
    return text
  }
}

function runMacro(call: MacroCall, template: ValueMap, expansion: Expansion): ValueMap {
  if (call.name === 'AWS::Include') return include(call, template, expansion)
  if (call.name === 'AWS::LanguageExtensions') return extendLanguage(template, expansion)
  if (call.name === 'AWS::Serverless-2016-10-31') return transformServerless(call, template, expansion)
  throw unknownMacro(call)
}

function runEmbedded(call: MacroCall, siblings: ValueMap, expansion: Expansion): ValueMap {
  if (call.name === 'AWS::Include') return include(call, siblings, expansion)
  if (call.name === 'AWS::LanguageExtensions' || call.name === 'AWS::Serverless-2016-10-31')
    // unverified: the wording.
    throw failed(call.name, 'the transform can be declared only at the top level of a template', call.at)
  throw unknownMacro(call)
}

function transformServerless({ name }: MacroCall, template: ValueMap, expansion: Expansion): ValueMap {
  const { parameters, region, time, applications } = expansion
  const result = transform(template, {
    parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, value as Value])),
    region,
    ...(time !== undefined && { time }),
    ...(applications && { applications }),
  })
  if (result.ok) return result.template
  throw new AwsError('ValidationError', `Transform ${name} failed with: ${result.message}`, { causes: result.causes })
}

/** AWS's own transforms exist, so its words for one that does not would send people looking for a typing mistake. */
function unknownMacro({ name, at }: MacroCall): AwsError {
  const message = name.startsWith('AWS::')
    ? `Postern does not carry out the transform ${name}; write what it would insert into the template`
    : `No transform named ${name} found.`
  return new AwsError('ValidationError', message, { position: at })
}
