// Deploys AWS's integration templates, or with `--cases` the inputs of its successful cases, on a Postern that takes stubs: a line for
// each that fails. The same as test/conformance/sam-deployments.test.ts, for looking at.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createViteServer } from 'vitest/node'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { cases: { type: 'boolean' } } })
const root = new URL('..', import.meta.url).pathname
const server = await createViteServer({
  root,
  configFile: `${root}vitest.config.ts`,
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  logLevel: 'error',
})
const { suiteFolder, readCases } = await server.ssrLoadModule('/test/conformance/sam-suite.ts')
const { openSite, readDeployments } = await server.ssrLoadModule('/test/conformance/sam-deployments.ts')
const folder = suiteFolder()
if (!folder) throw new Error('the cases are not there')

const site = await openSite(folder)
const wanted = ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part))
const all = values.cases
  ? readCases(folder)
      .filter(({ kind }) => kind === 'success')
      .filter(wanted)
      .map((given) => [given.name, () => site.tryOut(given.name, readFileSync(join(folder, 'dev', given.input), 'utf8'))])
  : readDeployments(folder)
      .filter(wanted)
      .map((given) => [given.name, () => site.deploy(given)])
let passed = 0
for (const [name, run] of all) {
  const difference = await run()
  if (difference === undefined) passed += 1
  else console.log(`${name}: ${difference}`)
}
await site.stop()
await server.close()
console.log(`${passed} of ${all.length} passed`)
