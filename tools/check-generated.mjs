// Runs every generator and fails when a file that is under version control came out differently.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const GENERATED = [
  'src/services/models',
  'src/services/schemas',
  'src/services/manifest.ts',
  'src/core/sam/data',
  'docs/reason-codes.md',
  'docs/check-rules.md',
]

const snapshot = () => {
  const found = new Map()
  const visit = (path) => {
    let entries
    try {
      entries = readdirSync(`${root}${path}`, { withFileTypes: true })
    } catch (error) {
      if (error.code === 'ENOTDIR')
        return void found.set(
          path,
          createHash('sha256')
            .update(readFileSync(`${root}${path}`))
            .digest('hex'),
        )
      throw error
    }
    for (const entry of entries) visit(`${path}/${entry.name}`)
  }
  for (const path of GENERATED) visit(path)
  return found
}

const before = snapshot()
const { status } = spawnSync('npm', ['run', '--silent', 'generate'], { cwd: root, stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
const after = snapshot()
const stale = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path))
for (const path of stale) console.error(`stale: ${path}`)
if (stale.length > 0) {
  console.error('these files are generated; run `npm run generate` and commit the result')
  process.exit(1)
}
