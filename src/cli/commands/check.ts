import { version } from '#app/version.ts'
import type { Finding, Level } from '#core/check/finding.ts'
import { rules } from '#core/check/rules.ts'
import { sarifOf } from '#core/check/sarif.ts'
import type { DeployedTemplate } from '#core/check/subjects.ts'
import { type CheckContext, checkTemplates, deployedFrom } from '../check-templates.ts'
import { type ConnectionOptions, connect, scopeOf } from '../client.ts'
import { deployedStack } from '../deployed-stack.ts'
import { excerpt } from '../excerpt.ts'
import { CommandFailed, EXIT } from '../exit.ts'
import { keyValues } from '../key-values.ts'
import { defaultTemplate, readTemplate, type TemplateFile } from '../template-file.ts'
import { bold, cyan, dim, green, print, printJson, red, say, yellow } from '../terminal.ts'

export interface CheckOptions extends ConnectionOptions {
  readonly template?: readonly string[]
  readonly stackName?: string
  readonly against?: string
  readonly parameterOverrides?: readonly string[]
  readonly ignore?: readonly string[]
  readonly format: 'text' | 'json' | 'sarif'
  readonly json?: boolean
}

/** Looks for the usual mistakes of private APIs. Notes do not count: they tell what to know, not what to mend. */
export async function checkCommand(options: CheckOptions): Promise<number> {
  const { ignore = [] } = options
  const overrides = keyValues(options.parameterOverrides ?? [], '--parameter-overrides')
  refuseUnknownRules(ignore)
  const paths = [...new Set(options.template ?? [defaultTemplate()])]
  refuseUnclearStack(paths, options)
  const files = paths.map(readTemplate)
  const { region } = scopeOf(options)
  const { deployed, given } = await whatStands(options, { region, parameters: overrides })
  const found = await checkTemplates(files, { region, parameters: { ...given, ...overrides }, deployed })
  const findings = found.filter(({ rule }) => !ignore.includes(rule))
  show(findings, files, options)
  if (!deployed && format(options) === 'text')
    say(
      dim(
        'what is deployed was not looked at; `--against` compares with an earlier template, `--stack-name` with a stack of a running Postern',
      ),
    )
  return findings.some(({ level }) => level !== 'note') ? EXIT.no : EXIT.ok
}

function refuseUnclearStack(paths: readonly string[], { stackName, against }: CheckOptions): void {
  if (stackName === undefined && against === undefined) return
  const option = stackName === undefined ? '--against' : '--stack-name'
  if (stackName !== undefined && against !== undefined)
    throw new CommandFailed('`--stack-name` and `--against` both say what is deployed', { exitCode: EXIT.usage })
  if (paths.length > 1) throw new CommandFailed(`\`${option}\` speaks of the stack of one template`, { exitCode: EXIT.usage })
}

interface Standing {
  readonly deployed?: DeployedTemplate
  /** The values that parameters keep unless they are given new ones. */
  readonly given?: Readonly<Record<string, string>>
}

async function whatStands(options: CheckOptions, context: CheckContext): Promise<Standing> {
  const { stackName, against } = options
  if (against !== undefined) return { deployed: await deployedFrom(readTemplate(against), context) }
  if (stackName === undefined) return {}
  const { parameters, ...deployed } = await deployedStack(connect(options), stackName)
  return { deployed: { ...deployed, parameters }, given: parameters }
}

function format({ format, json }: CheckOptions): CheckOptions['format'] {
  return json ? 'json' : format
}

function refuseUnknownRules(ignored: readonly string[]): void {
  const unknown = ignored.filter((id) => !rules.some((rule) => rule.id === id))
  if (unknown.length > 0)
    throw new CommandFailed(`there is no rule \`${unknown.join('`, `')}\``, {
      exitCode: EXIT.usage,
      mend: `the rules are ${rules.map(({ id }) => id).join(', ')}`,
    })
}

function show(findings: readonly Finding[], files: readonly TemplateFile[], options: CheckOptions): void {
  const kind = format(options)
  if (kind === 'sarif') printJson(sarifOf(findings, version))
  else if (kind === 'json')
    printJson({ findings: findings.map(asJson), ...counts(findings), templates: files.map(({ name }) => name) })
  else print([...findings.map((finding) => asText(finding, files)), summary(findings, files)].join('\n'))
}

function asJson({ position, ...finding }: Finding): object {
  return { ...finding, ...(position && { line: position.line, column: position.column }) }
}

const COLOURS: Readonly<Record<Level, (text: string) => string>> = { error: red, warning: yellow, note: cyan }

function asText({ rule, level, file, position, cause, mend }: Finding, files: readonly TemplateFile[]): string {
  const place = position ? `${file}:${position.line}:${position.column}` : file
  const source = files.find(({ name }) => name === file)
  return [
    `${bold(place)}: ${COLOURS[level](level)}: ${cause} ${dim(`[${rule}]`)}`,
    ...(position && source ? excerpt(source.text, position) : []),
    ...(mend ? [`  mend: ${mend}`] : []),
    '',
  ].join('\n')
}

function counts(findings: readonly Finding[]): Readonly<Record<'errors' | 'warnings' | 'notes', number>> {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length
  return { errors: count('error'), warnings: count('warning'), notes: count('note') }
}

function summary(findings: readonly Finding[], files: readonly TemplateFile[]): string {
  const told = Object.entries(counts(findings))
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${count === 1 ? kind.slice(0, -1) : kind}`)
  const where = files.length === 1 ? (files[0]?.name ?? '') : `${files.length} templates`
  return told.length > 0 ? `${told.join(', ')} in ${where}` : green(`nothing found in ${where}`)
}
