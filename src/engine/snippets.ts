import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { parseSnippetLocation, snippetLocations } from '#core/macros/include.ts'
import { failed } from '#core/macros/refusal.ts'
import type { ResolvedParameters } from '#core/template/parameters.ts'
import type { ValueMap } from '#core/template/value.ts'
import type { Ports } from '#kit/ports.ts'
import type { Snippets } from '#kit/stacks.ts'
import { pseudoParameters, type StackIdentity } from './compile.ts'

/** Reads what the template's `AWS::Include`s name, before it is expanded. Refuses the first that is not there, in AWS's words. */
export async function fetchSnippets(
  { template, parameters }: { readonly template: ValueMap; readonly parameters: ResolvedParameters },
  scope: Scope,
  stack: StackIdentity,
  objects: Ports['objects'],
): Promise<Snippets | undefined> {
  const { region } = scope
  const calls = snippetLocations({ template, parameters: parameters.values, region, pseudo: pseudoParameters(scope, stack) })
  const snippets: Record<string, string> = {}
  for (const call of calls) {
    const { location, at } = call
    const { bucket, key } = parseSnippetLocation(call)
    try {
      snippets[location] = new TextDecoder().decode(await objects.read(scope, { bucket, key }))
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      // Recorded.
      if (error.code === 'NoSuchBucket') throw failed('AWS::Include', `S3 bucket [${bucket}] does not exist.`, at)
      // unverified: the wording.
      if (error.code === 'NoSuchKey') throw failed('AWS::Include', `S3 object [${key}] does not exist in bucket [${bucket}].`, at)
      throw failed('AWS::Include', error.message, at)
    }
  }
  return calls.length > 0 ? snippets : undefined
}
