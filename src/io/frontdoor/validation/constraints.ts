import type { ScalarShape, Shape } from '#kit/service-model.ts'
import { javaSetOrder } from './java-set-order.ts'

/** One rule of a model, with AWS's sentence for whoever breaks it. */
export interface Constraint {
  readonly text: string
  holds(value: unknown): boolean
}

/** The rules on one value, in the order in which AWS lists them. */
export function constraintsOf(shape: Shape): readonly Constraint[] {
  if ((shape as ScalarShape).unchecked || shape.type === 'structure' || shape.type === 'timestamp' || shape.type === 'boolean')
    return []
  const found: Constraint[] = []
  if (shape.max !== undefined) found.push(limit(shape, shape.max, 'less than or equal to', (size, max) => size <= max))
  if (shape.min !== undefined) found.push(limit(shape, shape.min, 'greater than or equal to', (size, min) => size >= min))
  if (shape.type === 'list' || shape.type === 'map') return found
  if (shape.pattern !== undefined) {
    const pattern = javaPattern(shape.pattern)
    found.push({
      text: `Member must satisfy regular expression pattern: ${shape.pattern}`,
      holds: (value) => typeof value !== 'string' || pattern.test(value),
    })
  }
  if (shape.enum) {
    const values: ReadonlySet<unknown> = new Set(shape.enum)
    found.push({
      text: `Member must satisfy enum value set: [${javaSetOrder(shape.enum).join(', ')}]`,
      holds: (value) => values.has(value),
    })
  }
  return found
}

function limit(shape: Shape, bound: number, relation: string, holds: (size: number, bound: number) => boolean): Constraint {
  const isNumber = ['integer', 'long', 'float', 'double'].includes(shape.type)
  return {
    text: `Member must have ${isNumber ? 'value' : 'length'} ${relation} ${numberText(bound, shape)}`,
    holds: (value) => holds(sizeOf(value), bound),
  }
}

function sizeOf(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string' || Array.isArray(value) || value instanceof Uint8Array) return value.length
  return Object.keys(value as object).length
}

function numberText(value: number, { type }: Shape): string {
  return (type === 'double' || type === 'float') && Number.isInteger(value) ? value.toFixed(1) : String(value)
}

/** Models write Java's regular expressions, which must match as a whole. */
function javaPattern(source: string): RegExp {
  try {
    return new RegExp(`^(?:${source})$`, 'u')
  } catch {
    // Java lets any character be escaped; JavaScript only does so without the flag.
    return new RegExp(`^(?:${source})$`)
  }
}

/** A value as AWS's messages show it: after Java's `toString`. */
export function valueText(value: unknown, shape: Shape, item?: Shape): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return `[${value.map((one) => valueText(one, item ?? shape)).join(', ')}]`
  if (value instanceof Uint8Array) return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`
  if (typeof value === 'number') return numberText(value, shape)
  if (typeof value !== 'object') return String(value)
  const entries = Object.entries(value).map(([key, one]) => `${key}=${valueText(one, item ?? shape)}`)
  return `{${entries.join(', ')}}`
}
