import type { ListShape, MapShape, ScalarShape, ServiceModel, Shape, StructureShape } from '#kit/service-model.ts'
import { perShape, shapeOf } from '../protocols/per-shape.ts'
import { type Constraint, constraintsOf, valueText } from './constraints.ts'

/** A rule of the model that an input breaks. */
export interface Violation {
  /** Members from the outside in, by their names in the model, as AWS writes paths: `Tags.1.member.Key`. */
  readonly path: readonly string[]
  /** `null`, or the value in quotes, as AWS's messages show it. */
  readonly value: string
  readonly rule: string
  readonly missing: boolean
}

type Check = (value: unknown, path: readonly string[], found: Violation[]) => void

/** All that is wrong with the structure, in the order of the model's members. */
export function violationsOf(model: ServiceModel, shape: string, value: unknown): readonly Violation[] {
  const found: Violation[] = []
  checkerOf(model, shape)(value, [], found)
  return found
}

const checkerOf = perShape<Check>((shape, of, model) => {
  switch (shape.type) {
    case 'structure':
      return checkStructure(shape, of)
    case 'list':
      return checkList(shape, of, model)
    case 'map':
      return checkMap(shape, of, model)
    default:
      return report(constraintsOf(shape), shape)
  }
})

function checkStructure(shape: StructureShape, of: (name: string) => Check): Check {
  const required = new Set(shape.required)
  const members = Object.entries(shape.members).map(([name, member]) => {
    // A client may leave a token to the service where its SDK would have made one up.
    return { name, isRequired: required.has(name) && !member.idempotencyToken, check: of(member.shape) }
  })
  return (value, path, found) => {
    const structure = value as Readonly<Record<string, unknown>>
    for (const { name, isRequired, check } of members) {
      const held = structure[name]
      if (held !== undefined && held !== null) check(held, [...path, name], found)
      else if (isRequired) found.push({ path: [...path, name], value: 'null', rule: 'Member must not be null', missing: true })
    }
  }
}

/** Rules on the scalars of a list are rules on the list: AWS shows all of them once, beside the whole list. */
function checkList(shape: ListShape, of: (name: string) => Check, model: ServiceModel): Check {
  const own = report(constraintsOf(shape), shapeOf(model, shape.member.shape))
  const item = shapeOf(model, shape.member.shape)
  if (!isScalar(item)) {
    const check = of(shape.member.shape)
    return (value, path, found) => {
      own(value, path, found)
      for (const [index, one] of (value as readonly unknown[]).entries()) {
        if (one != null) check(one, [...path, String(index + 1), 'member'], found)
      }
    }
  }
  const each = together('Member', item, item)
  return (value, path, found) => {
    own(value, path, found)
    each(value as readonly unknown[], value, path, found)
  }
}

function checkMap(shape: MapShape, of: (name: string) => Check, model: ServiceModel): Check {
  const keys = shapeOf(model, shape.key.shape)
  const values = shapeOf(model, shape.value.shape)
  const own = report(constraintsOf(shape), values)
  const eachKey = together('Map keys', keys, values)
  const eachValue = isScalar(values) ? together('Map value', values, values) : undefined
  const check = of(shape.value.shape)
  return (value, path, found) => {
    const map = value as Readonly<Record<string, unknown>>
    own(map, path, found)
    eachKey(Object.keys(map), map, path, found)
    if (eachValue) eachValue(Object.values(map), map, path, found)
    else for (const [key, one] of Object.entries(map)) if (one != null) check(one, [...path, key, 'member'], found)
  }
}

/** Each rule that the value breaks, by itself. */
function report(constraints: readonly Constraint[], shown: Shape): Check {
  return (value, path, found) => {
    for (const { holds, text } of constraints) {
      if (!holds(value)) found.push({ path, value: `'${valueText(value, shown)}'`, rule: text, missing: false })
    }
  }
}

/** All rules on the items at once, where an item breaks one; `shown` is the shape by which the values are written. */
function together(what: 'Member' | 'Map keys' | 'Map value', items: Shape, shown: Shape) {
  const constraints = constraintsOf(items)
  const notNull = (items as ScalarShape).notNull ? ['Member must not be null'] : []
  const rules = [...constraints.map(({ text }) => text), ...notNull].join(', ')
  return (values: readonly unknown[], whole: unknown, path: readonly string[], found: Violation[]) => {
    if (values.every((one) => constraints.every(({ holds }) => holds(one)))) return
    found.push({
      path,
      value: `'${valueText(whole, shown)}'`,
      rule: `${what} must satisfy constraint: [${rules}]`,
      missing: false,
    })
  }
}

function isScalar({ type }: Shape): boolean {
  return type !== 'structure' && type !== 'list' && type !== 'map'
}
