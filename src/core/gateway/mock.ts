import type { IntegrationSnapshot } from './deployment.ts'
import type { MappedAnswer } from './mapped-answer.ts'
import { type CompiledTemplate, compileTemplate } from './mapping-template.ts'
import { bareType } from './media-type.ts'
import { compileParameterSource, type MappingScope, type ParameterSource } from './parameter-mapping.ts'

/** A MOCK integration: a request template chooses the status, and the integration response for it the answer. */
export interface CompiledMock {
  readonly requestTemplates: ReadonlyMap<string, CompiledTemplate>
  readonly passthroughBehavior: IntegrationSnapshot['passthroughBehavior']
  readonly responses: readonly CompiledMockResponse[]
}

interface CompiledMockResponse {
  readonly status: number
  /** Absent on the default response. */
  readonly pattern?: RegExp
  readonly headers: readonly (readonly [string, ParameterSource])[]
  readonly templates: ReadonlyMap<string, CompiledTemplate>
}

export type MockFailure = 'unsupported-media-type' | 'no-status' | 'no-response'

const JSON_TYPE = 'application/json'

/** Answers in words why the integration cannot be honoured, where it cannot. */
export function compileMock(integration: IntegrationSnapshot): CompiledMock | string {
  try {
    return {
      requestTemplates: compileTemplates(integration.requestTemplates),
      passthroughBehavior: integration.passthroughBehavior,
      responses: Object.entries(integration.integrationResponses).map(([status, response]) => ({
        status: Number(status),
        ...(response.selectionPattern && { pattern: new RegExp(`^(?:${response.selectionPattern})$`, 's') }),
        headers: Object.entries(response.responseParameters).map(([target, source]) => compileHeader(target, source)),
        templates: compileTemplates(response.responseTemplates),
      })),
    }
  } catch (error) {
    if (error instanceof Unsupported || error instanceof SyntaxError) return error.message
    throw error
  }
}

/** What a part of the integration says that cannot be honoured. Never leaves this file. */
class Unsupported extends Error {}

function compileTemplates(templates: Readonly<Record<string, string>>): ReadonlyMap<string, CompiledTemplate> {
  return new Map(
    Object.entries(templates).map(([type, text]) => {
      const compiled = compileTemplate(text)
      if (typeof compiled !== 'function') throw new Unsupported(compiled.problem)
      return [bareType(type), compiled]
    }),
  )
}

function compileHeader(target: string, expression: string): readonly [string, ParameterSource] {
  const [, name] = /^method\.response\.header\.(.+)$/.exec(target) ?? []
  const source = compileParameterSource(expression)
  if (name === undefined || !source) throw new Unsupported(`the mapping of \`${target}\` from \`${expression}\` is not supported`)
  return [name, source]
}

export function answerMock(mock: CompiledMock, scope: MappingScope, contentType: string | undefined): MappedAnswer | MockFailure {
  const rendered = renderRequest(mock, scope, contentType)
  if (rendered === undefined) return 'unsupported-media-type'
  // The gateway reads the template's outcome leniently: `{statusCode: 200}` is understood as well. Recorded from AWS.
  const [, status] = /["']?statusCode["']?\s*:\s*["']?(\d{3})\b/.exec(rendered) ?? []
  if (status === undefined) return 'no-status'
  const response = mock.responses.find(({ pattern }) => pattern?.test(status)) ?? mock.responses.find(({ pattern }) => !pattern)
  if (!response) return 'no-response'
  const rawHeaders: string[] = []
  let type: string | undefined
  for (const [name, source] of response.headers) {
    const value = source(scope)
    if (value === undefined) continue
    if (name.toLowerCase() === 'content-type') type = value
    else rawHeaders.push(name, value)
  }
  const [templateType, template] = pickTemplate(response.templates, scope.parameter('Accept', 'header'))
  const text = template?.(scope) ?? ''
  return { status: response.status, rawHeaders, contentType: type ?? templateType, body: { text, encoding: 'utf8' } }
}

/** The request as the template makes it; nothing where the body's type is refused. */
function renderRequest(
  { requestTemplates, passthroughBehavior }: CompiledMock,
  scope: MappingScope,
  contentType: string | undefined,
) {
  const template = requestTemplates.get(contentType === undefined ? JSON_TYPE : bareType(contentType))
  if (template) return template(scope)
  const passes =
    passthroughBehavior === 'WHEN_NO_MATCH' || (passthroughBehavior === 'WHEN_NO_TEMPLATES' && requestTemplates.size === 0)
  return passes ? scope.body : undefined
}

/** The template for the type that the client accepts, else the one for JSON, else any. */
export function pickTemplate<T>(templates: ReadonlyMap<string, T>, accept: string | undefined): readonly [string, T | undefined] {
  const wanted = accept === undefined ? JSON_TYPE : bareType(accept)
  for (const type of [wanted, JSON_TYPE]) {
    const template = templates.get(type)
    if (template) return [type, template]
  }
  const [first] = templates
  return first ?? [JSON_TYPE, undefined]
}
