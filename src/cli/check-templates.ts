import { AwsError } from '#core/aws/aws-error.ts'
import { check } from '#core/check/check.ts'
import type { Finding } from '#core/check/finding.ts'
import { REFUSED } from '#core/check/sarif.ts'
import { type DeployedTemplate, type SubjectSource, subjectsOf } from '#core/check/subjects.ts'
import { type TransformCause, transform } from '#core/exports/sam.ts'
import { givenValues } from '#core/template/given-values.ts'
import { declaredParameters } from '#core/template/parameter-declarations.ts'
import { parseTemplate } from '#core/template/parse.ts'
import type { Value, ValueMap } from '#core/template/value.ts'
import { CommandFailed, EXIT } from './exit.ts'
import { localSnippets } from './local-snippets.ts'
import { packagedSomewhere } from './package-code.ts'
import type { TemplateFile } from './template-file.ts'

/** What a check may know beside the templates. */
export interface CheckContext {
  readonly region: string
  readonly parameters: Readonly<Record<string, string>>
  /** The stack that the template is for, as it stands. */
  readonly deployed?: DeployedTemplate | undefined
}

/** Checks templates together. One that AWS refuses is a finding for each reason; the others are checked without it. */
export async function checkTemplates(files: readonly TemplateFile[], context: CheckContext): Promise<readonly Finding[]> {
  const read = await Promise.all(files.map((file) => readSubject(file, context)))
  refuseUndeclared(read, context.parameters)
  const refused = read.flatMap((one) => (one.kind === 'refused' ? one.findings : []))
  return [...refused, ...check(subjectsOf(read.flatMap((one) => (one.kind === 'read' ? [one.source] : []))))]
}

/**
 * What a stack would stand on that was made from an earlier version of a template.
 *
 * @throws CommandFailed where AWS refuses it
 */
export async function deployedFrom(file: TemplateFile, context: CheckContext): Promise<DeployedTemplate> {
  const read = await readSubject(file, context)
  if (read.kind === 'read') return { expanded: read.source.expanded, parameters: read.source.parameters, undeployed: new Map() }
  throw new CommandFailed(`${file.name} cannot have been deployed: ${read.findings[0]?.cause}`)
}

type Read =
  | { readonly kind: 'read'; readonly source: SubjectSource; readonly declared: readonly string[] }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[]; readonly declared: readonly string[] | undefined }

async function readSubject({ name, path, text }: TemplateFile, { region, parameters, deployed }: CheckContext): Promise<Read> {
  const file = name
  let declared: readonly string[] | undefined
  try {
    const written = parseTemplate(text, { file })
    declared = declaredParameters(written).map(({ key }) => key)
    const values = valuesFor(written, declared, parameters)
    const result = transform(await packagedSomewhere(text), {
      region,
      file,
      parameters: values,
      snippet: localSnippets(path),
      applications: () => ({ templateUrl: 'https://application.example/template' }),
    })
    if (!result.ok) return { kind: 'refused', declared, findings: result.causes.map((cause) => refusal(file, cause)) }
    return {
      kind: 'read',
      declared,
      source: { file, written, expanded: result.template, region, parameters: values, deployed },
    }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    const { message, position } = error
    return { kind: 'refused', declared, findings: [refusal(file, { message, ...(position && { position }) })] }
  }
}

/** Several templates share the values that are given; each gets those that it declares. */
function valuesFor(template: ValueMap, declared: readonly string[], given: CheckContext['parameters']): Record<string, Value> {
  const own = Object.entries(given).filter(([key]) => declared.includes(key))
  return givenValues(
    template,
    own.map(([key, value]) => ({ key, value })),
  )
}

function refuseUndeclared(read: readonly Read[], given: CheckContext['parameters']): void {
  if (read.some(({ declared }) => declared === undefined)) return
  const unknown = Object.keys(given).filter((key) => !read.some(({ declared }) => declared?.includes(key)))
  if (unknown.length === 0) return
  throw new CommandFailed(`no template has a parameter \`${unknown.join('`, `')}\``, { exitCode: EXIT.usage })
}

function refusal(file: string, { message, resource, position }: TransformCause): Finding {
  const path = resource === undefined ? '' : `Resources.${resource}`
  return {
    rule: REFUSED,
    level: 'error',
    file: position?.file ?? file,
    path,
    ...(position && { position }),
    cause: message,
    mend: '',
  }
}
