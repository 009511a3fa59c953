import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import { type Revision, templates } from '#kit/stacks.ts'
import { lookupsOf } from './parameter-lookups.ts'
import type { ReadTemplate, TemplateReader } from './template-reader.ts'

/** The template of a revision as it was when the revision was planned. */
export function readRevision(
  revision: Revision,
  scope: Scope,
  { records }: Pick<Ports, 'records'>,
  reader: TemplateReader,
): ReadTemplate {
  const stored = records.get(templates, scope, revision.template)
  if (!stored) throw new Error(`no template ${revision.template}`)
  const given = Object.entries(revision.parameters).map(([key, value]) => ({ key, value }))
  return reader.read(stored, given, lookupsOf(revision))
}
