import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { MAX_TEMPLATE_BYTES } from '#core/template/limits.ts'
import type { Caller } from '#kit/operation.ts'
import type { Ports } from '#kit/ports.ts'
import { type Revision, type Stack, type StoredTemplate, templates } from '#kit/stacks.ts'
import { refused } from './stacks.ts'
import { parseTemplateUrl } from './template-url.ts'

export interface TemplateSource {
  readonly TemplateBody?: string | undefined
  readonly TemplateURL?: string | undefined
  readonly UsePreviousTemplate?: boolean | undefined
}

const MAX_BODY = 51_200

/** The template that a call names, whichever way it does. `stack` is the one whose previous template may be used. */
export async function templateOf(
  source: TemplateSource,
  caller: Caller,
  ports: Pick<Ports, 'objects' | 'records' | 'clock'>,
  stack?: Stack,
): Promise<StoredTemplate> {
  const { TemplateBody: body, TemplateURL: url, UsePreviousTemplate: previous } = source
  if (body !== undefined && url !== undefined) throw refused('You can only specify one of TemplateBody or TemplateURL.')
  const file = caller.headers['x-postern-template-file']
  const named = { submittedAt: ports.clock.now(), ...(file !== undefined && { file }) }
  if (body !== undefined) return { body: checkedBody(body), ...named }
  if (url !== undefined) return { body: await fetchTemplate(url, caller, caller.endpoint, ports), ...named }
  if (!previous || !stack?.revision) throw refused('Either Template URL or Template Body must be specified.')
  return { ...storedTemplate(ports, caller, stack.revision.template), submittedAt: ports.clock.now() }
}

export function storedTemplate(ports: Pick<Ports, 'records'>, scope: Scope, key: string): StoredTemplate {
  const stored = ports.records.get(templates, scope, key)
  if (!stored) throw new Error(`no template ${key}`)
  return stored
}

function checkedBody(body: string): string {
  if (new TextEncoder().encode(body).length <= MAX_BODY) return body
  throw refused(
    `1 validation error detected: Value '${body}' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${MAX_BODY}`,
  )
}

async function fetchTemplate(url: string, scope: Scope, endpoint: string, ports: Pick<Ports, 'objects'>): Promise<string> {
  const bytes = await readObject(url, scope, endpoint, ports)
  // unverified: the number as AWS prints it.
  if (bytes.length > MAX_TEMPLATE_BYTES) throw refused('Template may not exceed 1000000 bytes in size.')
  return new TextDecoder().decode(bytes)
}

async function readObject(
  url: string,
  { account, region }: Scope,
  endpoint: string,
  ports: Pick<Ports, 'objects'>,
): Promise<Uint8Array> {
  try {
    return await ports.objects.read({ account, region }, parseTemplateUrl(url, endpoint))
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === 'ValidationError') throw error
    // unverified: the tail of AWS's text, which points to a page of its documentation.
    throw refused(`S3 error: ${error.message}`)
  }
}

/** The template after its transforms: as it was given where it has none, else as JSON. */
export function processedTemplate(
  ports: Pick<Ports, 'records' | 'stacks'>,
  scope: Scope,
  stack: Stack,
  revision: Revision,
): string {
  const processed = ports.stacks.process(scope, { stackId: stack.id, stackName: stack.name }, revision)
  return processed === undefined ? storedTemplate(ports, scope, revision.template).body : JSON.stringify(processed)
}
