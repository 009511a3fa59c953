import { packageLocation } from '#app/package-location.ts'
import { AwsError } from '#core/aws/aws-error.ts'
import { type TransformCause, type TransformResult, transform } from '#core/exports/sam.ts'
import { givenValues } from '#core/template/given-values.ts'
import { parseTemplate } from '#core/template/parse.ts'
import { scopeOf } from '../client.ts'
import { EXIT } from '../exit.ts'
import { keyValues } from '../key-values.ts'
import { localSnippets } from '../local-snippets.ts'
import { packageCode } from '../package-code.ts'
import { placed } from '../placed.ts'
import { printTemplate, type TemplateFormat } from '../print-template.ts'
import { defaultTemplate, readTemplate, type TemplateFile } from '../template-file.ts'
import { printJson, red, say } from '../terminal.ts'

export interface TransformOptions {
  readonly template?: string
  readonly region?: string
  readonly parameterOverrides?: readonly string[]
  readonly metadata?: boolean
  readonly format: TemplateFormat
  readonly json?: boolean
}

/** Prints the CloudFormation that a template becomes, or everything that is wrong with the template. Needs no running Postern. */
export async function transformTemplate(options: TransformOptions): Promise<number> {
  const overrides = keyValues(options.parameterOverrides ?? [], '--parameter-overrides')
  const file = readTemplate(options.template ?? defaultTemplate())
  const result = await transformFile(file, overrides, options)
  if (result.ok) {
    process.stdout.write(printTemplate(result.template, options.json ? 'json' : options.format))
    return EXIT.ok
  }
  if (options.json) printJson({ message: result.message, causes: result.causes })
  else say(asText(result.message, result.causes, file))
  return EXIT.no
}

async function transformFile(
  file: TemplateFile,
  overrides: Readonly<Record<string, string>>,
  { region, metadata = false }: TransformOptions,
): Promise<TransformResult> {
  const scope = scopeOf({ ...(region !== undefined && { region }) })
  try {
    const given = Object.entries(overrides).map(([key, value]) => ({ key, value }))
    const parameters = givenValues(parseTemplate(file.text, { file: file.name }), given)
    const locate = async (bytes: Uint8Array) => packageLocation(bytes, scope)
    const text = await packageCode(file.path, file.text, locate, { missing: 'leave' })
    const time = Math.floor(Date.now() / 1000)
    const snippet = localSnippets(file.path)
    return transform(text, { region: scope.region, parameters, metadata, time, file: file.name, snippet })
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    const { message, position } = error
    return { ok: false, message, causes: [{ message, ...(position && { position }) }] }
  }
}

function asText(message: string, causes: readonly TransformCause[], file: TemplateFile): string {
  const lines = [`${red('error')}: ${headOf(message, causes)}`, ...causes.map((cause) => placed(cause, file))]
  if (/'\w+Uri' is not a valid S3 Uri/.test(message))
    lines.push(
      '  local code is packaged on the way where it is there; this names neither a bucket nor a file beside the template',
    )
  return lines.join('\n')
}

/** What the message says before it tells of the first thing that is wrong: how many there are. */
function headOf(message: string, [first]: readonly TransformCause[]): string {
  const at = first ? message.indexOf(first.message) : -1
  return at > 0 ? message.slice(0, at).trim() : 'the template cannot become CloudFormation.'
}
