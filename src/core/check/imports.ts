import { isList, isMap, memberOf, type Value, type ValueMap } from '../template/value.ts'
import type { Resource, Subject, Subjects } from './subjects.ts'

/** The resource whose value an `Fn::ImportValue` gets, where one of the templates exports it. */
export function behindImport(value: Value, subjects: Subjects): Resource | undefined {
  const name = isMap(value) ? value['Fn::ImportValue'] : undefined
  if (name === undefined) return undefined
  for (const subject of subjects.all)
    for (const { Value: exported, Export: written } of subject.outputs.values())
      if (isMap(written) && sameName(written['Name'], name)) return resourceIn(exported, subject)
  return undefined
}

/** The resource that a `Ref` or `Fn::GetAtt` names. */
function resourceIn(value: Value | undefined, { resources }: Subject): Resource | undefined {
  const id = isMap(value) ? namedId(value) : undefined
  return id === undefined ? undefined : resources.get(id)
}

function namedId(value: ValueMap): string | undefined {
  const named = memberOf(value, 'Ref') ?? memberOf(value, 'Fn::GetAtt')
  const id = isList(named) ? named[0] : named
  return typeof id === 'string' ? id : undefined
}

/** Whether an export is meant: what only the deployment knows, such as the stack's name, may be anything. */
function sameName(exported: Value | undefined, imported: Value): boolean {
  const [own, other] = [nameParts(exported), nameParts(imported)]
  if (!own || !other) return false
  if (other.length > 1) return own.length > 1 && own.join('*') === other.join('*')
  const text = other[0] ?? ''
  if (own.length === 1) return own[0] === text
  const [start = '', ...rest] = own
  const end = rest.at(-1) ?? ''
  return text.length > start.length + end.length && text.startsWith(start) && text.endsWith(end)
}

/** The parts of a name around what is not known; one part where all of it is. */
function nameParts(name: Value | undefined): readonly string[] | undefined {
  const sub = isMap(name) ? name['Fn::Sub'] : undefined
  const text = typeof name === 'string' ? name : isList(sub) ? sub[0] : sub
  return typeof text === 'string' ? text.split(/\$\{[^{}]*\}/) : undefined
}
