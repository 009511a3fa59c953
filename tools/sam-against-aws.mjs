// Compares the SAM transform with AWS's own on random templates: those of the conformance suite, with parts changed, taken away and
// grafted from one onto another. AWS's is run in Python: `pip install aws-sam-translator`.
//   node tools/sam-against-aws.mjs [--cases DIR] [--count N] [--seed S] [--changes N] [--only TAG] [--hash] [--show N] [--keep FOLDER]
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { openSourceServer, root } from './source-server.mjs'

const { values } = parseArgs({
  options: {
    cases: { type: 'string' },
    count: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    /** The most changes made to one template; 0 compares the templates as they are. */
    changes: { type: 'string', default: '3' },
    /** Only the templates that have this tag, as `event:Api`. */
    only: { type: 'string' },
    /** Compares the deployment hashes too. */
    hash: { type: 'boolean', default: false },
    /** How many examples of a kind of difference are shown. */
    show: { type: 'string', default: '1' },
    /** Keeps the template of every shown difference here. */
    keep: { type: 'string' },
  },
})
const REGION = 'ap-southeast-1'

const server = await openSourceServer()
const { suiteFolder, readCases, textOfCase, differenceOf, repositoryOf } =
  await server.ssrLoadModule('/test/conformance/sam-suite.ts')
const { transform } = await server.ssrLoadModule('/src/core/sam/transform.ts')
const { parseTemplate } = await server.ssrLoadModule('/src/core/template/parse.ts')
const { grafted } = await server.ssrLoadModule('/test/conformance/sam-grafts.ts')

const folder = suiteFolder(values.cases)
if (!folder) throw new Error('no cases found: give --cases DIR')
const cases = readCases(folder)
const plainOf = (given) => JSON.parse(JSON.stringify(parseTemplate(textOfCase(folder, given))))
const all = cases.map((given) => ({ given, template: plainOf(given) }))
const chosen = all.filter(
  ({ given }) => !values.only || given.tags.some((tag) => tag === values.only || tag.startsWith(`${values.only}:`)),
)
const repository = repositoryOf?.(folder)

const python = spawn('python3', [join(root, 'tools/aws_sam_transform.py')], { stdio: ['pipe', 'pipe', 'inherit'] })
const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]()
const askAws = async (template, features) => {
  const sar = repository?.answers ?? { default: {} }
  python.stdin.write(`${JSON.stringify({ template, parameters: {}, region: REGION, features, sar })}\n`)
  const { value, done } = await answers.next()
  if (done) throw new Error('the Python process ended; is aws-sam-translator installed?')
  return JSON.parse(value)
}

/** mulberry32: a small generator whose numbers a seed repeats. */
function randomFrom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const total = { equal: 0, different: 0, broken: 0 }
const byKind = { template: [0, 0], refusal: [0, 0] }
const kinds = new Map()
const count = Number(values.changes) === 0 ? chosen.length : Number(values.count)
for (let index = 0; index < count; index += 1) {
  const random = randomFrom(Number(values.seed) * 1_000_003 + index)
  const base = Number(values.changes) === 0 ? chosen[index] : chosen[Math.floor(random() * chosen.length)]
  const { template, changes } = grafted(
    base.template,
    all.map((one) => one.template),
    random,
    Number(values.changes),
  )
  const features = base.given.featureToggle === 'all-on'
  const expected = await askAws(template, features)
  if (expected.broken) {
    total.broken += 1
    continue
  }
  const difference = compare(template, features, expected)
  const kind = byKind[expected.message === undefined ? 'template' : 'refusal']
  kind[1] += 1
  if (!difference) {
    kind[0] += 1
    total.equal += 1
    continue
  }
  total.different += 1
  const shape = difference

    .replace(/\[[^\]]*\]/g, '[]')
    .replace(/[0-9a-f]{10,}/g, '#')
    .slice(0, 160)
  const examples = kinds.get(shape) ?? []
  examples.push({ difference, name: base.given.name, index, changes, template })
  kinds.set(shape, examples)
}
python.stdin.end()
await server.close()

for (const [, examples] of [...kinds].sort(([, a], [, b]) => b.length - a.length)) {
  console.log(`--- ${examples.length} of this kind`)
  for (const { difference, name, index, changes, template } of examples.slice(0, Number(values.show))) {
    console.log(`${name} #${index} (${changes.join('; ')})\n${difference.slice(0, 1500)}`)
    if (!values.keep) continue
    mkdirSync(values.keep, { recursive: true })
    writeFileSync(join(values.keep, `${values.seed}-${index}.json`), JSON.stringify(template, null, 1))
  }
}
const compared = total.equal + total.different
console.log(`templates: ${byKind.template.join(' of ')} equal; refusals: ${byKind.refusal.join(' of ')} equal`)
console.log(
  `${total.equal} of ${compared} equal (${((100 * total.equal) / compared).toFixed(2)} %); AWS's own code broke on ${total.broken}`,
)

function compare(template, features, expected) {
  try {
    const options = { parameters: {}, region: REGION, features, ...(repository && { applications: repository.ask }) }
    const given = parseTemplate(JSON.stringify(template))
    return differenceOf(
      transform(given, options),
      expected.message === undefined ? expected.template : { errorMessage: expected.message },
      values.hash,
    )
  } catch (error) {
    return `threw ${error.stack.split('\n').slice(0, 4).join(' ')}`
  }
}
