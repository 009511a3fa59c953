// Tries to deploy the inputs of AWS's successful cases on a Postern that takes stubs, for looking at: a line for each that does not come
// to be, or does not go again. Many cannot: they name buckets, functions and zones that are nowhere. What must not be is a defect.
import { openSourceServer } from './source-server.mjs'

const parts = process.argv.slice(2)
const server = await openSourceServer()
const { suiteFolder, readCases, textOfCase } = await server.ssrLoadModule('/test/conformance/sam-suite.ts')
const { openSite } = await server.ssrLoadModule('/test/conformance/sam-deployments.ts')
const folder = suiteFolder()
if (!folder) throw new Error('the cases are not there')

const site = await openSite(folder)
const cases = readCases(folder).filter(
  ({ kind, name }) => kind === 'success' && (parts.length === 0 || parts.some((part) => name.includes(part))),
)
let passed = 0
for (const given of cases) {
  const { name } = given
  const difference = await site.tryOut(name, textOfCase(folder, given))
  if (difference === undefined) passed += 1
  else console.log(`${name}: ${difference}`)
}
await site.stop()
await server.close()
console.log(`${passed} of ${cases.length} deployed and deleted`)
