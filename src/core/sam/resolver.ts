import { isList, isMap, type Value, type ValueMap } from '../template/value.ts'
import { copyOf, member, put } from './copy.ts'
import type { Spend } from './extent.ts'
import { onlyKey } from './intrinsics.ts'
import { str } from './python.ts'
import { invalidDocument } from './refusal.ts'

/**
 * Replaces references in the value by what `replace` makes of them, and answers it. The value is changed in place, as the
 * transform's working copy is meant to be: what was resolved for one purpose shows in what is emitted later. What comes in for a
 * reference is data, in which nothing is replaced: it could name itself.
 */
function replaceDeep(value: Value, replace: (intrinsic: ValueMap, name: string) => Value): Value {
  const name = onlyKey(value)
  if (name !== undefined) {
    const replaced = replace(value as ValueMap, name)
    if (replaced !== value) return replaced
  }
  if (isList(value)) {
    for (const [index, item] of value.entries()) value[index] = replaceDeep(item, replace)
  } else if (isMap(value)) {
    for (const key of Object.keys(value)) {
      const item = value[key]!
      const replaced = replaceDeep(item, replace)
      if (replaced !== item) put(value, key, replaced)
    }
  }
  return value
}

/** Puts the values of parameters where `Ref` and `Fn::Sub` name them; what names something else stays as it is. */
export function resolveParameters(value: Value, parameters: ValueMap, spend?: Spend): Value {
  const known = (name: string) => {
    const found = member(parameters, name)
    if (found === undefined || isPlaceholder(found)) return undefined
    spend?.(found)
    return found
  }
  return replaceDeep(value, (intrinsic, name) => {
    if (name === 'Ref') {
      const found = typeof intrinsic['Ref'] === 'string' ? known(intrinsic['Ref']) : undefined
      return found === undefined ? intrinsic : copyOf(found)
    }
    if (name === 'Fn::Sub') substitute(intrinsic, known)
    return intrinsic
  })
}

/** What CloudFormation gives for the output of a stack that does not stand yet. */
function isPlaceholder(value: Value): boolean {
  return typeof value === 'string' && value.startsWith('{{IntrinsicFunction:')
}

/** Puts the entries of mappings where `Fn::FindInMap` names them with literal keys. */
export function resolveMappings(value: Value, mappings: ValueMap, spend: Spend): Value {
  if (Object.keys(mappings).length === 0) return value
  return replaceDeep(value, (intrinsic, name) => {
    const found = name === 'Fn::FindInMap' ? findInMap(intrinsic, mappings) : intrinsic
    if (found === intrinsic) return intrinsic
    spend(found)
    return copyOf(found)
  })
}

function findInMap(intrinsic: ValueMap, mappings: ValueMap): Value {
  const keys = intrinsic['Fn::FindInMap'] ?? null
  if (!isList(keys) || keys.length !== 3) {
    throw invalidDocument(`Invalid FindInMap value ${str(keys)}. FindInMap expects an array with 3 values.`)
  }
  const [map, top, second] = keys.map((key) => (onlyKey(key) === 'Fn::FindInMap' ? findInMap(key as ValueMap, mappings) : key))
  if (typeof map !== 'string' || typeof top !== 'string' || typeof second !== 'string') return intrinsic
  const twoLevels = () => invalidDocument(`Cannot use Fn::FindInMap on Mapping '${map}' which is not a a two-level map.`)
  const entries = member(mappings, map)
  if (entries === undefined) return intrinsic
  if (!isMap(entries)) throw twoLevels()
  const entry = member(entries, top)
  if (entry === undefined) return intrinsic
  if (!isMap(entry)) throw twoLevels()
  return member(entry, second) ?? intrinsic
}

/** The logical ids of what SAM resources became: `Alias` of a function → the id of its `AWS::Lambda::Alias`. */
export type ResourceReferences = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Rewrites `!Ref MyApi.Stage`, `!GetAtt MyFunction.Version.Arn` and `${MyFunction.Alias}` to the generated resources. */
export function resolveResourceReferences(template: Value, references: ResourceReferences): Value {
  if (references.size === 0) return template
  return replaceDeep(template, (intrinsic, name) => {
    if (name === 'Ref') {
      const [id, property] = splitOnce(intrinsic['Ref'])
      const target = id && property ? references.get(id)?.get(property) : undefined
      return target ? { Ref: target } : intrinsic
    }
    if (name === 'Fn::GetAtt') {
      const [id, property, ...rest] = attributePath(intrinsic)
      const target = id && property ? references.get(id)?.get(property) : undefined
      if (target) intrinsic['Fn::GetAtt'] = [target, ...rest]
    }
    if (name === 'Fn::Sub') {
      substitute(intrinsic, (variable) => {
        const [id, property] = variable.split('.')
        const target = id && property ? references.get(id)?.get(property) : undefined
        return target ? `\${${variable}}`.replace(`${id}.${property}`, target) : undefined
      })
    }
    return intrinsic
  })
}

/** Rewrites references to resources whose logical id the transform changed, such as layers. */
export function resolveRenamed(template: Value, renamed: ReadonlyMap<string, string>): Value {
  if (renamed.size === 0) return template
  return replaceDeep(template, (intrinsic, name) => {
    if (name === 'Ref') {
      const target = typeof intrinsic['Ref'] === 'string' ? renamed.get(intrinsic['Ref']) : undefined
      return target ? { Ref: target } : intrinsic
    }
    if (name === 'Fn::GetAtt') {
      const [id, ...rest] = attributePath(intrinsic)
      const target = id ? renamed.get(id) : undefined
      if (target) intrinsic['Fn::GetAtt'] = [target, ...rest]
    }
    if (name === 'Fn::Sub') {
      substitute(intrinsic, (variable) => {
        const id = variable.split('.')[0]!
        const target = renamed.get(id)
        return target ? `\${${variable}}`.replaceAll(id, target) : undefined
      })
    }
    return intrinsic
  })
}

/** Rewrites `DependsOn` for resources whose logical id the transform changed. */
export function renameDependencies(node: Value, renamed: ReadonlyMap<string, string>): void {
  if (renamed.size === 0) return
  if (isMap(node)) {
    const dependsOn = node['DependsOn']
    if (typeof dependsOn === 'string') node['DependsOn'] = renamed.get(dependsOn) ?? dependsOn
    if (isList(dependsOn)) {
      for (const [index, id] of dependsOn.entries()) if (typeof id === 'string') dependsOn[index] = renamed.get(id) ?? id
    }
    for (const item of Object.values(node)) renameDependencies(item, renamed)
  } else if (isList(node)) {
    for (const item of node) renameDependencies(item, renamed)
  }
}

const VARIABLE = /\$\{([A-Za-z0-9.]+|AWS::[A-Z][A-Za-z]*)\}/g

function substitute(intrinsic: ValueMap, valueFor: (variable: string) => Value | undefined): void {
  const value = intrinsic['Fn::Sub']
  const replaced = (text: string) =>
    text.replace(VARIABLE, (whole, variable: string) => {
      const found = valueFor(variable)
      if (found === undefined) return whole
      if (typeof found === 'string') return found
      throw invalidDocument(`Invalid Fn::Sub variable value ${str(found)}. Fn::Sub expects all variables to be strings.`)
    })
  if (typeof value === 'string') intrinsic['Fn::Sub'] = replaced(value)
  else if (isList(value) && typeof value[0] === 'string') value[0] = replaced(value[0])
}

function splitOnce(value: Value | undefined): [string?, string?] {
  if (typeof value !== 'string' || !value.includes('.')) return []
  const dot = value.indexOf('.')
  return [value.slice(0, dot), value.slice(dot + 1)]
}

function attributePath(intrinsic: ValueMap): string[] {
  const value = intrinsic['Fn::GetAtt']
  if (!isList(value) || value.length < 2 || !value.every((part) => typeof part === 'string')) return []
  return value.join('.').split('.')
}
