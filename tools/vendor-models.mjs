// Writes schemas/aws/<service>.json from a botocore data folder. Run by hand when the models are to be renewed:
//
//   node tools/vendor-models.mjs "$(python3 -c 'import botocore, os; print(os.path.dirname(botocore.__file__) + "/data")')"
//
// Every operation keeps its name and its HTTP routing, so that one that is not implemented can be named; shapes are kept for
// the operations in schemas/aws/wanted.json and for all modelled errors. Documentation is left out.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const target = new URL('../schemas/aws/', import.meta.url).pathname
const data = process.argv[2]
if (!data) throw new Error('usage: node tools/vendor-models.mjs <botocore data folder>')

const wanted = JSON.parse(readFileSync(join(target, 'wanted.json'), 'utf8'))
const botocore = /__version__ = '([^']+)'/.exec(readFileSync(join(dirname(data), '__init__.py'), 'utf8'))[1]

for (const [service, patterns] of Object.entries(wanted)) {
  const model = pruned(newestModel(service), patterns)
  writeFileSync(join(target, `${service}.json`), format(model))
  console.log(
    `${service}: ${Object.keys(model.operations).length} operations, ${Object.values(model.operations).filter((one) => one.wanted).length} with shapes, ${Object.keys(model.shapes).length} shapes`,
  )
}

function newestModel(service) {
  const version = readdirSync(join(data, service)).sort().at(-1)
  const path = join(data, service, version, 'service-2.json')
  return JSON.parse(existsSync(path) ? readFileSync(path, 'utf8') : gunzipSync(readFileSync(`${path}.gz`)).toString())
}

function pruned({ metadata, operations, shapes }, patterns) {
  const isWanted = (name) => (patterns.includes(name) || patterns.includes('*')) && !patterns.includes(`!${name}`)
  for (const name of patterns) {
    if (name !== '*' && !operations[name.replace('!', '')])
      throw new Error(`there is no operation ${name} of ${metadata.serviceId}`)
  }
  const kept = new Map()
  const keep = (ref) => {
    if (!ref || kept.has(ref.shape)) return
    const shape = shapes[ref.shape]
    kept.set(ref.shape, withoutProse(shape))
    for (const member of Object.values(shape.members ?? {})) keep(member)
    for (const member of [shape.member, shape.key, shape.value]) keep(member)
  }
  const prunedOperations = sorted(operations)
    .filter(([, operation]) => !isSuperseded(operation, operations, metadata))
    .map(([name, operation]) => {
      const routing = { http: operation.http, ...requiredBindings(operation, shapes) }
      if (!isWanted(name)) return [name, routing]
      for (const ref of [operation.input, operation.output, ...(operation.errors ?? [])]) keep(ref)
      const { input, output, errors, httpChecksum } = operation
      const more = { input, output, errors: errors?.map(({ shape }) => shape), httpChecksum }
      return [name, { wanted: true, ...routing, ...withoutProse(more) }]
    })
  return {
    source: { package: 'botocore', version: botocore, licence: 'Apache-2.0' },
    metadata: withoutProse(metadata),
    operations: Object.fromEntries(prunedOperations),
    shapes: Object.fromEntries(sorted(Object.fromEntries(kept))),
  }
}

/** A deprecated operation whose method and path are another's now: no request can mean it. */
function isSuperseded({ name, deprecated, http }, operations, { protocol }) {
  const routing = ({ http: { method, requestUri } }) => `${method} ${requestUri}`
  return (
    deprecated &&
    protocol.startsWith('rest-') &&
    Object.values(operations).some((other) => other.name !== name && !other.deprecated && routing(other) === routing({ http }))
  )
}

/** Operations of one path may differ only by a query parameter or header that must be there: the router needs to know them. */
function requiredBindings({ input }, shapes) {
  const shape = input && shapes[input.shape]
  const bindings = (shape?.required ?? []).map((name) => shape.members[name])
  const of = (location) => bindings.filter((member) => member.location === location).map((member) => member.locationName)
  const needs = { query: of('querystring'), headers: of('header').map((name) => name.toLowerCase()) }
  return needs.query.length || needs.headers.length ? { needs } : {}
}

function withoutProse(value) {
  if (Array.isArray(value)) return value.map(withoutProse)
  if (typeof value !== 'object' || value === null) return value
  const dropped = new Set(['deprecatedMessage', 'deprecatedSince', 'contextParam', 'serviceFullName', 'uid', 'auth'])
  // `members` and `key`-like maps hold names of AWS's choosing, which must not be mistaken for attributes of the model.
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (inner === undefined || dropped.has(key) || (key === 'documentation' && typeof inner === 'string')) return []
      if (key === 'members')
        return [[key, Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, withoutProse(one)]))]]
      return [[key, withoutProse(inner)]]
    }),
  )
}

function sorted(object) {
  return Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1))
}

/** One operation or shape a line: small, and a change of the model is a readable diff. */
function format(model) {
  const lines = (object) =>
    Object.entries(object)
      .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(',\n')
  const { source, metadata, operations, shapes } = model
  return `{\n  "source": ${JSON.stringify(source)},\n  "metadata": ${JSON.stringify(metadata)},\n  "operations": {\n${lines(operations)}\n  },\n  "shapes": {\n${lines(shapes)}\n  }\n}\n`
}
