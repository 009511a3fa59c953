// Tries to deploy the inputs of AWS's successful cases on a Postern that takes stubs, for looking at: a line for each that does not come
// to be, or does not go again. Many cannot: they name buckets, functions and zones that are nowhere. What must not be is a defect.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createViteServer } from 'vitest/node'

const parts = process.argv.slice(2)
const root = new URL('..', import.meta.url).pathname
const server = await createViteServer({
  root,
  configFile: `${root}vitest.config.ts`,
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  logLevel: 'error',
})
const { suiteFolder, readCases } = await server.ssrLoadModule('/test/conformance/sam-suite.ts')
const { openSite } = await server.ssrLoadModule('/test/conformance/sam-deployments.ts')
const folder = suiteFolder()
if (!folder) throw new Error('the cases are not there')

const site = await openSite(folder)
const cases = readCases(folder).filter(
  ({ kind, name }) => kind === 'success' && (parts.length === 0 || parts.some((part) => name.includes(part))),
)
let passed = 0
for (const { name, input } of cases) {
  const difference = await site.tryOut(name, readFileSync(join(folder, 'dev', input), 'utf8'))
  if (difference === undefined) passed += 1
  else console.log(`${name}: ${difference}`)
}
await site.stop()
await server.close()
console.log(`${passed} of ${cases.length} deployed and deleted`)
