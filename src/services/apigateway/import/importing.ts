import { AwsError } from '#core/aws/aws-error.ts'
import type { Source } from '#core/aws/reason.ts'
import { type Position, positionOf, positionOfMember } from '#core/template/position.ts'
import { isList, isMap, type Value, type ValueMap } from '#core/template/value.ts'
import type { Ids } from '#kit/ports.ts'
import { own } from '../own.ts'
import { unescapePointer } from '../patch.ts'
import { badRequest } from '../refusals.ts'

/** One import under way: what is read, and what was found wrong with it so far. */
export interface Importing {
  readonly apiId: string
  readonly document: ValueMap
  readonly ids: Ids
  readonly origin: Origin
  readonly problems: { readonly text: string; readonly position: Position | undefined }[]
  readonly warnings: string[]
}

/** Where the definition stands in a template, if it came from one. */
export interface Origin {
  /** `Resources.Api.Properties.Body` */
  readonly path?: string
  readonly stack?: string
}

/** Follows `$ref` inside the document. A definition that points elsewhere is not one that AWS takes. */
export function resolved(importing: Importing, node: Value | undefined, seen: readonly string[] = []): Value | undefined {
  const reference = isMap(node) ? node['$ref'] : undefined
  if (typeof reference !== 'string') return node
  if (!reference.startsWith('#/') || seen.includes(reference)) {
    importing.problems.push({ text: `Invalid reference specified: ${reference}`, position: positionOf(node) })
    return undefined
  }
  let found: Value | undefined = importing.document
  for (const part of reference.slice(2).split('/')) {
    found = isMap(found) ? own(found, unescapePointer(decoded(part))) : undefined
  }
  if (found === undefined) {
    importing.problems.push({ text: `Invalid reference specified: ${reference}`, position: positionOf(node) })
    return undefined
  }
  return resolved(importing, found, [...seen, reference])
}

/** Pointers in references are percent-encoded; a broken one names nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export function mapAt(importing: Importing, node: Value | undefined): ValueMap {
  const value = resolved(importing, node)
  return isMap(value) ? value : {}
}

export function listAt(importing: Importing, node: Value | undefined): readonly Value[] {
  const value = resolved(importing, node)
  return isList(value) ? value : []
}

/** Status codes and the like may be written as numbers. */
export function textAt(node: Value | undefined): string | undefined {
  return typeof node === 'string' || typeof node === 'number' || typeof node === 'boolean' ? String(node) : undefined
}

export function textsOf(map: ValueMap): Record<string, string> {
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [key, textAt(value) ?? (value === null ? '' : JSON.stringify(value))]),
  )
}

/** Runs one part of the import; AWS collects what is wrong with all of them before it refuses. */
export function attempt<T>(importing: Importing, what: string, position: Position | undefined, run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof AwsError) || error.status === 501) throw error
    importing.problems.push({ text: `${what}: ${error.message}`, position: error.position ?? position })
    return undefined
  }
}

export function sourceOf({ origin }: Importing, parent: ValueMap, key: string, path: string): Source | undefined {
  const position = positionOfMember(parent, key)
  if (!position) return undefined
  return {
    ...position,
    ...(origin.path !== undefined && { path: `${origin.path}.${path}` }),
    ...(origin.stack !== undefined && { stack: origin.stack }),
  }
}

/** Refuses the import when something was found wrong with it, in AWS's words. */
export function refuseProblems({ problems, warnings }: Importing, failOnWarnings: boolean): void {
  const list = (texts: readonly string[]) => texts.map((text) => `\n\t${text}`).join('')
  const [first] = problems
  if (first) {
    const additionally = warnings.length > 0 ? `\nAdditionally, these warnings were found:${list(warnings)}` : ''
    throw badRequest(`Errors found during import:${list(problems.map(({ text }) => text))}${additionally}`, first.position)
  }
  if (failOnWarnings && warnings.length > 0) throw badRequest(`Warnings found during import:${list(warnings)}`)
}
