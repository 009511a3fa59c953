import type { Value } from '../template/value.ts'

/** What the transform has to know beside the template. */
export interface TransformContext {
  /** The values given for template parameters. Defaults are filled in from the template. */
  readonly parameters: Readonly<Record<string, Value>>
  readonly region: string
  /** Copies a SAM resource's `Metadata` to what is generated from it. */
  readonly passThroughMetadata?: boolean
  /** Seconds since 1970, for `AlwaysDeploy`: with another time there is another deployment. */
  readonly time?: number
  /** AWS's two switches for accounts that have them: OpenAPI versions normalised, conditions passed on to CodeDeploy. */
  readonly features?: boolean
  /** Asks the Serverless Application Repository, for the templates that take applications from it. */
  readonly applications?: AskRepository
}

/**
 * Answers where the template of an application is, or, in the repository's words, why not. The repository makes a copy of the
 * template: `pending` says that it was not ready in the time that there was.
 */
export type AskRepository = (
  applicationId: string,
  semanticVersion: string,
) => { readonly templateUrl: string; readonly pending?: boolean } | { readonly refusal: string }
