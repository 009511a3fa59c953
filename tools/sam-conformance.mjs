// Runs AWS's cases of the SAM transform: a line for each case that fails, with what differs; totals by kind and by tag. Without a choice
// of cases, also deploys the templates that AWS deploys for real.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openSourceServer, root } from './source-server.mjs'

const HELP = `npm run conformance -- [options] [case …]

  --cases DIR   the cases of another folder in the format of the suite (manifest.json beside its parts)
  --tag TAG     only the cases with this tag, as \`event:Api\`
  --tags        the totals of every tag; otherwise of resource types, event sources and tags of cases that failed
  --known       shows the known failures too

Exit codes: 0 all passed but the known failures; 1 a case failed, or a known failure passed; 2 wrong usage.`

const { values, positionals } = readArguments()
const known = knownFailures('sam-known-failures')

const server = await openSourceServer()
const { suiteFolder, readCases, gradeCase } = await server.ssrLoadModule('/test/conformance/sam-suite.ts')
const { folder, cases } = readSuite()
const chosen = cases
  .filter(({ name }) => positionals.length === 0 || positionals.includes(name))
  .filter(({ tags }) => !values.tag || tags.includes(values.tag))
if (chosen.length === 0) fail('no case has this name or tag')

const results = chosen.map((given) => {
  const grades = gradeCase(folder, given)
  return { given, grades, failed: grades.filter(({ difference }) => difference) }
})
const surprises = results.filter(({ given, failed }) => failed.length > 0 !== known.has(given.name))
for (const { given, failed } of values.known ? results : surprises) {
  for (const { partition, difference } of failed) console.log(`${given.kind} ${given.name} (${partition}): ${difference}`)
  if (failed.length === 0 && known.has(given.name))
    console.log(`${given.kind} ${given.name}: passes, and is listed as a known failure`)
}
printTotals(
  'kind',
  totalsBy(({ kind }) => [kind]),
)
const failedTags = new Set(results.filter(({ failed }) => failed.length > 0).flatMap(({ given }) => given.tags))
printTotals(
  'tag',
  totalsBy(({ tags }) => tags).filter(([tag]) => values.tags || /^(res|event):/.test(tag) || failedTags.has(tag)),
)
printHashes()

const deployments = values.tag || positionals.length > 0 ? [] : await deployAll()
await server.close()
const failedDeployments = deployments.filter(({ difference, isKnown }) => (difference !== undefined) !== isKnown)
for (const { name, difference } of failedDeployments)
  console.log(`deploying ${name}: ${difference ?? 'passes, and is listed as a known failure'}`)
if (deployments.length > 0)
  console.log(`\ndeployed and deleted: ${deployments.filter(({ difference }) => !difference).length} of ${deployments.length}`)
process.exitCode = surprises.length + failedDeployments.length > 0 ? 1 : 0

function readSuite() {
  try {
    const folder = suiteFolder(values.cases)
    if (folder) return { folder, cases: readCases(folder) }
  } catch (error) {
    fail(error.message)
  }
  return fail('no cases found: give --cases DIR')
}

function knownFailures(name) {
  return new Set(Object.values(JSON.parse(readFileSync(`${root}test/conformance/${name}.json`, 'utf8'))).flat())
}

/** See test/conformance/sam-deployments.ts. */
async function deployAll() {
  const { isThere, openSite, readDeployments } = await server.ssrLoadModule('/test/conformance/sam-deployments.ts')
  const named = readDeployments(folder)
  const all = named.filter((given) => isThere(folder, given))
  if (all.length < named.length) console.log(`\nnot deployed, since their files are not there: ${named.length - all.length}`)
  if (all.length === 0) return []
  const failing = knownFailures('sam-deployments-known-failures')
  const site = await openSite(folder)
  const outcomes = []
  for (const given of all)
    outcomes.push({ name: given.name, difference: await site.deploy(given), isKnown: failing.has(given.name) })
  await site.stop()
  return outcomes
}

/** How many cases passed, of how many, for each name that `namesOf` gives a case. */
function totalsBy(namesOf) {
  const totals = new Map()
  for (const { given, failed } of results) {
    for (const name of namesOf(given)) {
      const [passed, all] = totals.get(name) ?? [0, 0]
      totals.set(name, [passed + (failed.length === 0 ? 1 : 0), all + 1])
    }
  }
  return [...totals].sort(([a], [b]) => (a < b ? -1 : 1))
}

function printTotals(title, totals) {
  const width = Math.max(...totals.map(([name]) => name.length))
  console.log(`\n${title.padEnd(width)}  passed`)
  for (const [name, [passed, all]] of totals) console.log(`${name.padEnd(width)}  ${passed} of ${all}`)
}

/** Whether the ids of API deployments have AWS's own digits: no case fails by them. */
function printHashes() {
  const sum = (name) => results.flatMap(({ grades }) => grades).reduce((total, { deployments }) => total + deployments[name], 0)
  console.log(`\ndeployment hashes equal: ${sum('equal')} of ${sum('all')}`)
  for (const { given, grades } of results) {
    if (grades.some(({ deployments }) => deployments.equal < deployments.all)) console.log(`other digits: ${given.name}`)
  }
}

function readArguments() {
  const options = { cases: 'string', tag: 'string', tags: 'boolean', known: 'boolean', help: 'boolean' }
  try {
    const given = parseArgs({
      options: Object.fromEntries(Object.entries(options).map(([name, type]) => [name, { type }])),
      allowPositionals: true,
    })
    if (!given.values.help) return given
    console.log(HELP)
    process.exit(0)
  } catch (error) {
    fail(error.message)
  }
}

function fail(message) {
  console.error(`${message}\n\n${HELP}`)
  process.exit(2)
}
