import { AwsError } from '#core/aws/aws-error.ts'
import type { Capability } from '#core/template/capabilities.ts'
import type { StackResource } from '#kit/stacks.ts'
import { STUB_TAG } from '#kit/stub-tag.ts'
import { judge } from './caveats.ts'
import type { CompiledTemplate } from './compile.ts'
import type { LoadedTypes } from './context.ts'
import { propertyRefusal } from './property-refusal.ts'

export function demandCapabilities(missing: readonly Capability[]): void {
  if (missing.length === 0) return
  throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${missing.join(', ')}]`)
}

export function refuseUnknownTypes({ resources }: CompiledTemplate, loaded: LoadedTypes, takesStubs: boolean): void {
  const isStub = (type: string) => loaded.get(type)?.isStub === true
  const unknown = resources.filter(({ type }) => !loaded.get(type) || (isStub(type) && !takesStubs))
  if (unknown.length === 0) return
  const names = [...new Set(unknown.map(({ type }) => type))]
  throw new AwsError(
    'ValidationError',
    `Template format error: Unrecognized resource types: [${names.join(', ')}]${ours(names.filter(isStub))}`,
    { causes: unknown.map(({ type, position }) => ({ message: type, position })) },
  )
}

/** AWS's words alone would send people looking for a typing mistake where AWS has the type. */
function ours(names: readonly string[]): string {
  if (names.length === 0) return ''
  return ` (Postern does not support ${names.join(', ')}; \`--stub-unsupported\`, or the tag \`${STUB_TAG}=true\`, puts stubs in their place)`
}

export function refuseChangedTypes({ resources }: CompiledTemplate, standing: readonly StackResource[]): void {
  const types = new Map(standing.map(({ logicalId, type }) => [logicalId, type]))
  const changed = resources.filter(({ logicalId, type }) => types.has(logicalId) && types.get(logicalId) !== type)
  if (changed.length === 0) return
  const names = changed.map(({ logicalId }) => logicalId)
  throw new AwsError(
    'ValidationError',
    `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${names.join(', ')}]`,
    { position: changed[0]?.position },
  )
}

export function refusedProperties(
  { resources }: CompiledTemplate,
  loaded: LoadedTypes,
  takesStubs: boolean,
): AwsError | undefined {
  const findings = resources.flatMap((definition) => {
    const type = loaded.get(definition.type)
    return type ? judge(definition, type, takesStubs).refused : []
  })
  return findings.length > 0 ? propertyRefusal(findings) : undefined
}
