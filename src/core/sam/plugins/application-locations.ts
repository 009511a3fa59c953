import { isMap, type ValueMap } from '../../template/value.ts'
import type { KnownValues } from '../known-values.ts'
import { samResources } from '../sam-types.ts'

/** What names an application in the repository. */
export const LOCATION_PARTS = ['ApplicationId', 'SemanticVersion'] as const

/** Resolves what names applications in the repository: it asks for them by plain names. AWS does so before anything else. */
export function resolveApplicationLocations(template: ValueMap, { resolve, resolveMappings }: KnownValues): void {
  for (const [, { Properties: properties }] of samResources(template, new Set(['AWS::Serverless::Application']))) {
    const location = isMap(properties) ? properties['Location'] : undefined
    if (!isMap(location) || LOCATION_PARTS.some((name) => (location[name] ?? null) === null)) continue
    for (const name of LOCATION_PARTS) location[name] = resolveMappings(resolve(location[name]!))
  }
}
