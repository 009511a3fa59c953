import { parseTemplate } from '../../template/parse.ts'
import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { transform } from '../transform.ts'
import type { TransformContext } from '../transform-context.ts'

const CONTEXT: TransformContext = { parameters: {}, region: 'eu-central-1' }

/** The resources that a template's text becomes; throws where it is refused. */
export function transformed(text: string, more: Partial<TransformContext> = {}): ValueMap {
  const result = transform(parseTemplate(text), { ...CONTEXT, ...more })
  if (!result.ok) throw new Error(result.message)
  return result.template['Resources'] as ValueMap
}

/** Why a template's text is refused, without the count of mistakes in front; throws where it is not. */
export function refusalOf(text: string, more: Partial<TransformContext> = {}): string {
  const result = transform(parseTemplate(text), { ...CONTEXT, ...more })
  if (result.ok) throw new Error(`not refused: ${JSON.stringify(result.template)}`)
  return result.causes.map(({ message }) => message).join('\n')
}

export function at(value: Value | undefined, ...path: (string | number)[]): Value | undefined {
  return path.reduce<Value | undefined>((node, key) => {
    if (Array.isArray(node)) return node[key as number]
    return isMap(node) ? node[key] : undefined
  }, value)
}

/** A value without its places in the text. */
export const plain = (value: Value | undefined): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)))
