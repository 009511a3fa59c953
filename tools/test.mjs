// Everything that the tests need, then the tests. Ends with a plain line `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = (command, args, options = {}) => spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
const has = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined

installMissing({ aws: 'awscli', curl: 'curl', dig: 'dnsutils', ip: 'iproute2', openssl: 'openssl' })
if (run(process.execPath, ['tools/build.mjs']).status !== 0) process.exit(1)

const folder = mkdtempSync(join(tmpdir(), 'postern-test-'))
const report = join(folder, 'report.json')
const { status } = run(process.execPath, [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
])
const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests, numTodoTests } = JSON.parse(
  readFileSync(report, 'utf8'),
)
rmSync(folder, { recursive: true })
// A file that cannot be loaded has no failed test in it, and is a failure all the same.
const failed = numFailedTests === 0 && status !== 0 ? Math.max(1, numFailedTestSuites) : numFailedTests
console.log(`${numPassedTests} passed, ${failed} failed, ${numPendingTests + numTodoTests} skipped`)
process.exitCode = status ?? 1

/** Debian's packages, where they can be had; without them the tests that need them skip, and say so. */
function installMissing(packages) {
  const missing = Object.entries(packages)
    .filter(([command]) => !has(command))
    .map(([, name]) => name)
  if (missing.length === 0) return
  if (process.getuid?.() !== 0 || !has('apt-get')) {
    console.error(`not installed, and cannot be from here: ${missing.join(', ')}; the tests that need them are skipped`)
    return
  }
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-q'], { env: environment })
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], { env: environment })
}
