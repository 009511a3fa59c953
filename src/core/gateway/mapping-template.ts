/** What a template may name: values of the request, of the stage and of the API's answer. A missing value is nothing. */
export interface TemplateScope {
  /** `$context.…`, by dotted path such as `identity.sourceIp`. */
  readonly context: (path: string) => string | undefined
  readonly stageVariables: Readonly<Record<string, string>>
  /** `$input.params('name')`, or of one place only. */
  readonly parameter: (name: string, place?: ParameterPlace) => string | undefined
  readonly body: string
}

export type ParameterPlace = 'path' | 'querystring' | 'header'

/** A template ready to be rendered. `missing` stands for values that are not there. */
export type CompiledTemplate = (scope: TemplateScope, missing?: string) => string

type Part = string | ((scope: TemplateScope) => string | undefined)

/**
 * Compiles the part of API Gateway's template language that needs no interpreter: text with references to `$context`,
 * `$stageVariables`, `$input.params(…)` and `$input.body`. Answers why not where the template needs more.
 */
export function compileTemplate(text: string): CompiledTemplate | { readonly problem: string } {
  const directive = DIRECTIVE.exec(text)
  if (directive) return { problem: `the template uses \`${directive[0]}\`, which is not supported` }
  const parts: Part[] = []
  let from = 0
  for (const match of text.matchAll(REFERENCE)) {
    const part = reference(match[1] ?? match[3] ?? '', match[2] ?? match[4] ?? '')
    if (!part) return { problem: `the template refers to \`${match[0]}\`, which is not supported` }
    parts.push(text.slice(from, match.index), part)
    from = match.index + match[0].length
  }
  parts.push(text.slice(from))
  const kept = parts.filter((part) => part !== '')
  if (kept.every((part) => typeof part === 'string')) {
    const rendered = kept.join('')
    return () => rendered
  }
  return (scope, missing = '') => {
    let rendered = ''
    for (const part of kept) rendered += typeof part === 'string' ? part : (part(scope) ?? missing)
    return rendered
  }
}

/** Why a mapping template cannot be honoured; nothing where it can. For refusing it before it is deployed. */
export function checkMappingTemplate(text: string): string | undefined {
  const compiled = compileTemplate(text)
  return typeof compiled === 'function' ? undefined : compiled.problem
}

/** An access log's format: `$context.…` is replaced, all else is text. Any format is one. */
export function compileAccessLogFormat(format: string): CompiledTemplate {
  const parts = format.split(/\$context\.([A-Za-z_]\w*(?:\.[A-Za-z_][\w-]*)*)/)
  // Every other part is a captured path.
  return ({ context }, missing = '-') =>
    parts.map((part, index) => (index % 2 === 0 ? part : (context(part) ?? missing))).join('')
}

const DIRECTIVE = /#\{?(?:set|if|elseif|else|end|foreach|break|stop|macro|define|evaluate|parse|include)\b|##|#\*|#\[\[/
const PATH = String.raw`((?:\.[A-Za-z_][\w-]*|\[(?:'[^']*'|"[^"]*")\]|\((?:'[^']*'|"[^"]*")?\))*)`
const REFERENCE = new RegExp(String.raw`\$!?\{([A-Za-z_]\w*)${PATH}\}|\$!?([A-Za-z_]\w*)${PATH}`, 'g')

function reference(root: string, path: string): Exclude<Part, string> | undefined {
  const names = [...path.matchAll(/\.([\w-]+)|\[['"](.*?)['"]\]|(\(.*?\))/g)].map(
    ([, name, key, call]) => name ?? key ?? call ?? '',
  )
  const calls = names.some((name) => name.startsWith('('))
  if (root === 'context' && !calls && names.length > 0) {
    const dotted = names.join('.')
    return ({ context }) => context(dotted)
  }
  const [first = '', second = '', third, fourth] = names
  if (root === 'stageVariables' && !calls && names.length === 1) return ({ stageVariables }) => stageVariables[first]
  if (root !== 'input') return undefined
  if (first === 'body' && names.length === 1) return ({ body }) => body
  if (first !== 'params') return undefined
  if (names.length === 2 && second.length > 2) {
    const name = second.slice(2, -2)
    return ({ parameter }) => parameter(name)
  }
  if (names.length !== 4 || second !== '()' || !isPlace(third) || fourth === undefined) return undefined
  return ({ parameter }) => parameter(fourth, third)
}

function isPlace(name: string | undefined): name is ParameterPlace {
  return name === 'path' || name === 'querystring' || name === 'header'
}
