// Runs AWS's cases of the SAM transform by hand: one line for each that fails, and how many pass, by kind and by tag.
//   node tools/sam-conformance.mjs [--cases DIR] [--tag TAG] [--known] [NAME …]
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createViteServer } from 'vitest/node'

const { values, positionals } = parseArgs({
  options: { cases: { type: 'string' }, tag: { type: 'string' }, known: { type: 'boolean' } },
  allowPositionals: true,
})
const root = new URL('..', import.meta.url).pathname
const known = Object.values(JSON.parse(readFileSync(`${root}test/conformance/sam-known-failures.json`, 'utf8'))).flat()

const server = await createViteServer({
  root,
  configFile: `${root}vitest.config.ts`,
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  logLevel: 'error',
})
const { suiteFolder, readCases, gradeCase } = await server.ssrLoadModule('/test/conformance/sam-suite.ts')
const folder = suiteFolder(values.cases)
if (!folder) throw new Error('no cases found: give --cases DIR')

const count = new Map()
const add = (name, passed) => {
  const total = count.get(name) ?? [0, 0]
  count.set(name, [total[0] + (passed ? 1 : 0), total[1] + 1])
}
let surprises = 0
for (const given of readCases(folder)) {
  if (positionals.length > 0 && !positionals.includes(given.name)) continue
  if (values.tag && !given.tags.includes(values.tag)) continue
  const failed = gradeCase(folder, given).filter((grade) => grade.difference)
  const passed = failed.length === 0
  add(given.kind, passed)
  const others = given.samTypes.some((type) => !['AWS::Serverless::Function', 'AWS::Serverless::Api'].includes(type))
  if (!others) add(`${given.kind}, functions and REST APIs alone`, passed)
  for (const tag of given.tags) if (/^(res|event):/.test(tag)) add(tag, passed)
  if (passed) continue
  if (known.includes(given.name) && !values.known) continue
  surprises += 1
  for (const { partition, difference } of failed) console.log(`${given.kind} ${given.name} (${partition}): ${difference}`)
}
for (const [name, [passed, total]] of [...count].sort()) console.log(`${name}: ${passed} of ${total}`)
await server.close()
process.exitCode = surprises > 0 ? 1 : 0
