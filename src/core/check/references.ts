import { type Position, positionOf, positionOfMember } from '../template/position.ts'
import { isList, isMap, type Value } from '../template/value.ts'

/** Something in a value whose own value changes without the template changing. */
export interface OutsideReference {
  readonly kind: 'resource' | 'import' | 'dynamic'
  /** The resource's id, the export's name, or the dynamic reference, as written. */
  readonly name: string
  readonly position: Position | undefined
}

/** Every `Ref`, `Fn::GetAtt` or `Fn::Sub` to one of `resources`, every import, and every `{{resolve:…}}` in a value. */
export function outsideReferences(value: Value, resources: ReadonlySet<string>): OutsideReference[] {
  const found: OutsideReference[] = []
  const visit = (node: Value, position: Position | undefined) => {
    if (typeof node === 'string') {
      for (const [name] of node.matchAll(/\{\{resolve:[^{}]*\}\}/g)) found.push({ kind: 'dynamic', name, position })
      return
    }
    if (!isList(node) && !isMap(node)) return
    const at = positionOf(node) ?? position
    if (isMap(node)) {
      for (const name of namesIn(node)) if (resources.has(name)) found.push({ kind: 'resource', name, position: at })
      const imported = node['Fn::ImportValue']
      if (imported !== undefined) found.push({ kind: 'import', name: nameOf(imported), position: at })
    }
    for (const [key, member] of Object.entries(node)) visit(member, positionOfMember(node, key) ?? at)
  }
  visit(value, undefined)
  return found
}

/** The name that each import of a value asks for, at the import's place. */
export function importNames(value: Value): { readonly name: Value; readonly position: Position | undefined }[] {
  const found: ReturnType<typeof importNames> = []
  const visit = (node: Value) => {
    if (!isList(node) && !isMap(node)) return
    const name = isMap(node) ? node['Fn::ImportValue'] : undefined
    if (name !== undefined) found.push({ name, position: positionOf(node) })
    for (const member of Object.values(node)) visit(member)
  }
  visit(value)
  return found
}

function namesIn(call: { readonly [key: string]: Value }): string[] {
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Sub': sub } = call
  if (typeof ref === 'string') return [ref]
  if (typeof attribute === 'string') return [attribute.split('.')[0] ?? '']
  if (isList(attribute)) return typeof attribute[0] === 'string' ? [attribute[0]] : []
  const text = isList(sub) ? sub[0] : sub
  if (typeof text !== 'string') return []
  return [...text.matchAll(/\$\{([A-Za-z0-9]+)[^{}]*\}/g)].map(([, name = '']) => name)
}

function nameOf(name: Value): string {
  const sub = isMap(name) ? name['Fn::Sub'] : undefined
  const text = isList(sub) ? sub[0] : sub
  return typeof name === 'string' ? name : typeof text === 'string' ? text : 'a name that is worked out'
}
