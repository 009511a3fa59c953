import type { ServiceModel, Shape } from '#kit/service-model.ts'

/**
 * A codec for each shape, compiled when it is first used and kept as long as the model. `of` answers the codec of another shape
 * before that one is compiled, since shapes may contain themselves.
 */
export function perShape<Codec extends (...given: never[]) => unknown>(
  compile: (shape: Shape, of: (name: string) => Codec, model: ServiceModel) => Codec,
): (model: ServiceModel, name: string) => Codec {
  const byModel = new WeakMap<ServiceModel, Map<string, Codec>>()
  return function codecOf(model, name) {
    const codecs = byModel.get(model) ?? new Map<string, Codec>()
    byModel.set(model, codecs)
    const known = codecs.get(name)
    if (known) return known
    let compiled: Codec | undefined
    const codec = ((...given) => {
      compiled ??= compile(shapeOf(model, name), (other) => codecOf(model, other), model)
      return compiled(...given)
    }) as Codec
    codecs.set(name, codec)
    return codec
  }
}

export function shapeOf(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name]
  if (!shape) throw new Error(`the model of ${model.service} has no shape ${name}`)
  return shape
}
