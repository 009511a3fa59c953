import { AwsError } from '../aws/aws-error.ts'
import { transform } from '../sam/transform.ts'
import type { TransformContext } from '../sam/transform-context.ts'
import { MAX_TEMPLATE_BYTES } from '../template/limits.ts'
import { declaredMacros, type MacroCall, type RunEmbedded, replaceEmbedded } from '../template/macro-calls.ts'
import type { PseudoParameters } from '../template/scope.ts'
import type { ValueMap } from '../template/value.ts'
import { include, type ReadSnippet, refuseWithoutText } from './include.ts'
import { extendLanguage } from './language-extensions/extend-language.ts'
import { referredValues } from './referred-values.ts'
import { failed } from './refusal.ts'

/** A template and what its transforms may know. Functions of a parameter without a value are left for the stack. */
export interface Expansion extends TransformContext {
  /** As parsed. It is left as it is. */
  readonly template: ValueMap
  /** What `AWS::…` stands for, as far as it is known: a template that is expanded on its own belongs to no stack. */
  readonly pseudo?: Partial<PseudoParameters>
  readonly snippet?: ReadSnippet
}

/**
 * What a template becomes once all its transforms have run: those in the middle of it, the deepest first, then those that it names as
 * a whole, in the order in which it names them. The engine and the commands that need no server share this function.
 *
 * Throws an `AwsError` in AWS's words (`Transform AWS::… failed with: …`); its `causes` are the single mistakes, each with its place.
 * Whether what comes out is a template is `checkTemplate`'s question. A template without transforms is answered as it is.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros-overview.html
 */
export function expandTemplate(expansion: Expansion): ValueMap {
  const run = macrosOf(expansion)
  const macros = declaredMacros(expansion.template)
  const expanded = macros.reduce(
    (template, call) => run.onTemplate(call, template),
    replaceEmbedded(expansion.template, run.onSiblings),
  )
  if (macros.length > 0) delete expanded['Transform']
  return expanded
}

const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions'
const SERVERLESS = 'AWS::Serverless-2016-10-31'

interface Macros {
  readonly onTemplate: (call: MacroCall, template: ValueMap) => ValueMap
  readonly onSiblings: RunEmbedded
}

function macrosOf(expansion: Expansion): Macros {
  const { snippet } = expansion
  const known = {
    ...expansion,
    parameters: referredValues(expansion.template, expansion.parameters),
    ...(snippet && { snippet: limited(snippet) }),
  }
  return {
    onTemplate(call, template) {
      if (call.name === 'AWS::Include') return include(call, template, known) ?? refuseWithoutText(call)
      if (call.name === LANGUAGE_EXTENSIONS) return extendLanguage(template, known)
      if (call.name === SERVERLESS) return transformServerless(template, expansion)
      throw unknownMacro(call)
    },
    onSiblings(call, siblings) {
      if (call.name === 'AWS::Include') return include(call, siblings, known)
      if (call.name !== LANGUAGE_EXTENSIONS && call.name !== SERVERLESS) throw unknownMacro(call)
      // unverified: the wording.
      throw failed(call.name, 'the transform can be declared only at the top level of a template', call.at)
    },
  }
}

function transformServerless(template: ValueMap, context: TransformContext): ValueMap {
  const result = transform(template, context)
  if (result.ok) return result.template
  throw new AwsError('ValidationError', `Transform ${SERVERLESS} failed with: ${result.message}`, { causes: result.causes })
}

/** Snippets count each time they are included: many includes of one can make a template larger than any may be. */
function limited(snippet: ReadSnippet): ReadSnippet {
  let length = 0
  return (location) => {
    const text = snippet(location)
    length += text?.length ?? 0
    // unverified: the wording, which is that for a template that is given too large.
    if (length > MAX_TEMPLATE_BYTES)
      throw failed('AWS::Include', `Template may not exceed ${MAX_TEMPLATE_BYTES} bytes in size.`, undefined)
    return text
  }
}

/** AWS's own transforms exist, so its words for one that does not would send people looking for a typing mistake. */
function unknownMacro({ name, at }: MacroCall): AwsError {
  const message = name.startsWith('AWS::')
    ? `Postern does not carry out the transform ${name}; write what it would insert into the template`
    : `No transform named ${name} found.`
  return new AwsError('ValidationError', message, { position: at })
}
