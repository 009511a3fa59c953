// Writes dist/: declarations by the compiler, code by esbuild. Node.js takes about a millisecond to find, read and link a module, and
// Postern has hundreds; bundled into chunks that are loaded when they are needed, it starts in half the time.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
rmSync(`${root}dist`, { recursive: true, force: true })

const { status } = spawnSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', `${root}tsconfig.build.json`], {
  stdio: 'inherit',
})
if (status !== 0) process.exit(status ?? 1)

await build({
  absWorkingDir: root,
  entryPoints: {
    'cli/main': 'src/cli/main.ts',
    'app/index': 'src/app/index.ts',
    'cli/package-code': 'src/cli/package-code.ts',
    'core/exports/sam': 'src/core/exports/sam.ts',
    'core/exports/template': 'src/core/exports/template.ts',
    'core/exports/policy': 'src/core/exports/policy.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  conditions: ['source'],
  packages: 'external',
  chunkNames: 'chunks/[name]-[hash]',
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
})
