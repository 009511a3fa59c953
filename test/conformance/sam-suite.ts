import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { TransformResult } from '#core/sam/transform.ts'
import { transform } from '#core/sam/transform.ts'
import type { AskRepository } from '#core/sam/transform-context.ts'
import { parseTemplate } from '#core/template/parse.ts'
import type { ValueMap } from '#core/template/value.ts'
import { canonical, differences } from './differences.ts'

/*
 * AWS's own test cases of the SAM transform: templates with the CloudFormation or the message that AWS makes of them. Compared as
 * AWS compares them, lists without their order. The digits of deployment hashes, which come from the innards of Python 2.7, are a
 * grade of their own.
 */

export interface Case {
  readonly name: string
  readonly kind: 'success' | 'error' | 'special'
  readonly input: string
  readonly output: Readonly<Record<string, string>>
  readonly parameters: ValueMap
  readonly featureToggle: 'default-off' | 'all-on'
  readonly samTypes: readonly string[]
  readonly tags: readonly string[]
}

export interface Grade {
  readonly case: Case
  readonly partition: string
  /** Where the results differ, in short; nothing where they are equal. */
  readonly difference: string | undefined
  /** The deployments that AWS's result has, and those among them whose digits are the same. */
  readonly deployments: { readonly all: number; readonly equal: number }
}

const REGIONS: Readonly<Record<string, string>> = {
  aws: 'ap-southeast-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
}

/** The folder of the cases: `POSTERN_CONFORMANCE`, else beside the project. Nothing where there is none. */
export function suiteFolder(chosen = process.env['POSTERN_CONFORMANCE']): string | undefined {
  const folder = chosen ? resolve(chosen) : resolve(import.meta.dirname, '../../../shared/conformance')
  const found = [folder, join(folder, 'sam')].find((path) => existsSync(join(path, 'manifest.json')))
  if (chosen && !found) throw new Error(`no manifest.json in ${chosen}`)
  return found
}

/** The cases that the manifest names, whether or not their files are there. */
export function readCases(folder: string): Case[] {
  const { cases } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { cases: Case[] }
  return cases.map((given) => ({ ...given, tags: given.tags ?? [], parameters: given.parameters ?? {} }))
}

/** A case's template, or another file of it. */
export function textOfCase(folder: string, given: Case, path = given.input): string {
  return readFileSync(join(folder, partOf(folder, given), path), 'utf8')
}

/** The folder that a case's paths start from: `dev` in the suite as it is handed out, any other in another part of it. */
function partOf(folder: string, { input }: Case): string {
  const parts = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const found = ['dev', '.', ...parts.map(({ name }) => name)].find((part) => existsSync(join(folder, part, input)))
  if (found === undefined) throw new Error(`${folder} has no ${input}`)
  return found
}

/** A file that the cases share: theirs, or the one beside the suite where they come without. Nothing where there is neither. */
export function sharedFile(folder: string, path: string): string | undefined {
  return [folder, suiteFolder('') ?? folder].map((one) => join(one, path)).find((one) => existsSync(one))
}

interface RepositoryAnswers {
  readonly default: { readonly TemplateUrl: string }
  readonly errorByApplicationId: Readonly<Record<string, string>>
  /** In words, as "PREPARING for ever". */
  readonly statusByApplicationId: Readonly<Record<string, string>>
}

/** What stands for the Serverless Application Repository: its answers as the suite writes them, and as the transform asks for them. */
export function repositoryOf(folder: string): { answers: RepositoryAnswers; ask: AskRepository } | undefined {
  const path = sharedFile(folder, 'data/sar_stub.json')
  if (path === undefined) return undefined
  const answers = JSON.parse(readFileSync(path, 'utf8')) as RepositoryAnswers
  const { default: usual, errorByApplicationId: refusals, statusByApplicationId: statuses } = answers
  const ask: AskRepository = (id) => {
    const refusal = Object.hasOwn(refusals, id) ? refusals[id] : undefined
    if (refusal !== undefined) return { refusal }
    const status = Object.hasOwn(statuses, id) ? statuses[id]! : 'ACTIVE'
    return { templateUrl: usual.TemplateUrl, pending: status.startsWith('PREPARING for ever') }
  }
  return { answers, ask }
}

/** One grade for each partition that the case has an answer for. */
export function gradeCase(folder: string, given: Case): Grade[] {
  const template = () => parseTemplate(textOfCase(folder, given))
  const repository = repositoryOf(folder)
  const run = (partition: string, passThroughMetadata = false) =>
    transform(template(), {
      ...(repository && { applications: repository.ask }),
      parameters: given.parameters,
      region: REGIONS[partition]!,
      passThroughMetadata,
      features: given.featureToggle === 'all-on',
    })
  if (given.kind === 'special') {
    const paths = (given.output as unknown as Record<string, string[]>)['aws']!
    return paths.map((path) => grade('aws', () => run('aws', !path.includes('no_metadata')), path))
  }
  return Object.entries(given.output).map(([partition, path]) => grade(partition, () => run(partition), path))

  /** A transform that throws has failed its case, whatever was expected, and so has a case without its files. */
  function grade(partition: string, attempt: () => TransformResult, path: string): Grade {
    let expected: unknown
    try {
      expected = JSON.parse(textOfCase(folder, given, path))
    } catch (error) {
      const difference = `cannot be read: ${error instanceof Error ? error.message : error}`
      return { case: given, partition, difference, deployments: { all: 0, equal: 0 } }
    }
    try {
      const result = attempt()
      const deployments = equalDeployments(result, expected)
      return { case: given, partition, difference: differenceOf(result, expected), deployments }
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
      const difference = `threw ${reason}`.split('\n').slice(0, 3).join(' ')
      return { case: given, partition, difference, deployments: { all: hashedDeployments(expected).length, equal: 0 } }
    }
  }
}

function equalDeployments(result: TransformResult, expected: unknown): Grade['deployments'] {
  const wanted = hashedDeployments(expected)
  const found = new Set(result.ok ? hashedDeployments(plain(result.template)).map(([id]) => id) : [])
  return { all: wanted.length, equal: wanted.filter(([id]) => found.has(id)).length }
}

/** Where a result differs from AWS's, in short; nothing where they are equal. The deployments' hashes count only where they shall. */
export function differenceOf(result: TransformResult, expected: unknown, hashes = false): string | undefined {
  const message = (expected as { errorMessage?: string }).errorMessage
  if (message !== undefined) return result.ok ? `a template, expected: ${message}` : firstOf(inMessages(message, result.message))
  if (!result.ok) return `refused: ${result.message}`
  const actual = plain(result.template)
  const compared = hashes ? [expected, actual] : [withoutHashes(expected), withoutHashes(actual)]
  return firstOf(differences(canonical(compared[0]), canonical(compared[1])))
}

/** Which causes one message has and the other has not; else in what they differ as a whole. */
function inMessages(expected: string, actual: string): string[] {
  if (expected === actual) return []
  const found = differences(canonical(causesIn(expected)), canonical(causesIn(actual)), 'causes')
  return found.length > 0 ? found : [`the order: expected ${expected}, got ${actual}`]
}

const causesIn = (message: string): string[] =>
  message.split(/ (?=Resource with id \[|Structure of the SAM template|'Globals' section|Transforming resource with id \[)/)

/** Enough to know what is wrong, on one line. */
function firstOf(found: readonly string[]): string | undefined {
  if (found.length === 0) return undefined
  const more = found.length > 3 ? ` (and ${found.length - 3} more)` : ''
  return `${found.slice(0, 3).join('; ')}${more}`
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

const DESCRIPTION = /^RestApi deployment id: ([0-9a-f]{40})$/

/** The deployments whose ids end in a hash of what they deploy, each with all digits of it. */
function hashedDeployments(template: unknown): [id: string, digits: string][] {
  const { Resources: resources } = template as {
    Resources?: Record<string, { Type?: string; Properties?: Record<string, unknown> }>
  }
  return Object.entries(resources ?? {}).flatMap(([id, resource]): [string, string][] => {
    if (resource.Type !== 'AWS::ApiGateway::Deployment') return []
    const digits = DESCRIPTION.exec(String(resource.Properties?.['Description']))?.[1]
    return digits ? [[id, digits]] : []
  })
}

/** Puts `<HASH>` in place of each deployment's digits, in its id and wherever the id stands. */
function withoutHashes(template: unknown): unknown {
  let text = JSON.stringify(template)
  for (const [id, digits] of hashedDeployments(template)) {
    text = text.replaceAll(id, `${id.slice(0, -10)}<HASH>`).replaceAll(digits, '<HASH>')
  }
  return JSON.parse(text)
}
