import { AwsError } from '../aws/aws-error.ts'
import { expandTemplate } from '../macros/expand.ts'
import type { TransformCause, TransformResult } from '../sam/transform.ts'
import type { AskRepository } from '../sam/transform-context.ts'
import { givenValues } from '../template/given-values.ts'
import { parseTemplate } from '../template/parse.ts'
import { refuseEndless } from '../template/refuse-endless.ts'
import type { Value, ValueMap } from '../template/value.ts'

export type { Position } from '../template/position.ts'
export type { Value, ValueMap } from '../template/value.ts'
export type { AskRepository, TransformCause, TransformResult }

export interface TransformOptions {
  /** The region to deploy to, `us-east-1` by default: a few results depend on it, and on its partition. */
  readonly region?: string
  /**
   * Values for the template's parameters. They are not checked, and names that the template does not declare have no effect. A
   * parameter without value and default stays a `Ref`.
   */
  readonly parameters?: Readonly<Record<string, Value>>
  /** Copies a SAM resource's `Metadata` to what is generated from it. */
  readonly metadata?: boolean
  /** Seconds since 1970, for `AlwaysDeploy`: with another time there is another deployment. */
  readonly time?: number
  /** The name that positions give the template's text. */
  readonly file?: string
  /** The text of what an `AWS::Include` of the template names. What is not read stays where it is, for CloudFormation to include. */
  readonly snippet?: (location: string) => string | undefined
  /** Asks the Serverless Application Repository; without it, an application from there is refused. */
  readonly applications?: AskRepository
}

/**
 * Turns a SAM template, as text or parsed, into CloudFormation, as AWS's `AWS::Serverless-2016-10-31` does, with the other transforms
 * that the template names (`AWS::LanguageExtensions`, `AWS::Include`) in AWS's order. A template that names none is taken for a SAM
 * template. What is wrong with the template is told all at once, in AWS's words, each with its place in the text; nothing is thrown
 * for it.
 *
 * @example
 * const result = transform(readFileSync('template.yaml', 'utf8'), { region: 'eu-central-1' })
 * if (result.ok) console.log(JSON.stringify(result.template))
 * else for (const { message, position } of result.causes) console.error(position?.line, message)
 */
export function transform(template: string | ValueMap, options: TransformOptions = {}): TransformResult {
  const { region = 'us-east-1', parameters = {}, metadata = false, time, file, snippet, applications } = options
  try {
    const parsed = typeof template === 'string' ? parseTemplate(template, file === undefined ? {} : { file }) : template
    if (typeof template !== 'string') refuseEndless(parsed)
    const expanded = expandTemplate({
      template: parsed['Transform'] === undefined ? { ...parsed, Transform: SERVERLESS } : parsed,
      region,
      parameters: { ...givenValues(parsed, []), ...parameters },
      passThroughMetadata: metadata,
      ...(time !== undefined && { time }),
      ...(snippet && { snippet }),
      ...(applications && { applications }),
    })
    return { ok: true, template: expanded }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return { ok: false, message: error.message.replace(FAILED, ''), causes: causesOf(error) }
  }
}

const SERVERLESS = 'AWS::Serverless-2016-10-31'
/** What CloudFormation puts in front of the words of the SAM transform, which its own suite leaves out. */
const FAILED = `Transform ${SERVERLESS} failed with: `

function causesOf({ message, causes }: AwsError): readonly TransformCause[] {
  if (causes.length === 0) return [{ message }]
  return causes.map(({ message, resource, position }) => ({
    message,
    ...(resource !== undefined && { resource }),
    ...(position && { position }),
  }))
}
