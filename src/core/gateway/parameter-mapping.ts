import type { ParameterPlace, TemplateScope } from './mapping-template.ts'

/** Where a mapped parameter takes its value from. */
export type ParameterSource = (scope: MappingScope) => string | undefined

/** What parameter mappings see: as templates do, and the integration's answer where there is one. */
export interface MappingScope extends TemplateScope {
  readonly integrationHeader?: (name: string) => string | undefined
  readonly integrationBody?: string
}

/**
 * Compiles the right-hand side of a parameter mapping: `'text'`, `context.x`, `stageVariables.x`, `method.request.header.x`,
 * `integration.response.header.x`. Answers nothing where it is none.
 */
export function compileParameterSource(expression: string): ParameterSource | undefined {
  const literal = /^'([\s\S]*)'$/.exec(expression)
  if (literal) {
    const text = literal[1] ?? ''
    return () => text
  }
  const [, root = '', rest = ''] = /^(context|stageVariables|method\.request|integration\.response)\.(.+)$/.exec(expression) ?? []
  if (root === 'context') return ({ context }) => context(rest)
  if (root === 'stageVariables') return ({ stageVariables }) => stageVariables[rest]
  if (root === 'integration.response') {
    if (rest === 'body') return ({ integrationBody }) => integrationBody
    const [, header] = /^header\.(.+)$/.exec(rest) ?? []
    return header === undefined ? undefined : ({ integrationHeader }) => integrationHeader?.(header)
  }
  if (root === 'method.request' && rest === 'body') return ({ body }) => body
  const [, place, name] = /^(?:multivalue)?(path|querystring|header)\.(.+)$/.exec(rest) ?? []
  if (root !== 'method.request' || name === undefined) return undefined
  return ({ parameter }) => parameter(name, place as ParameterPlace)
}
