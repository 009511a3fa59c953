// Writes docs/check-rules.md from the one list of rules that `postern check` has.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const SOURCE = 'src/core/check/rules.ts'

const { outputFiles } = await build({
  entryPoints: [at(SOURCE)],
  bundle: true,
  format: 'esm',
  platform: 'node',
  conditions: ['source'],
  write: false,
  logLevel: 'warning',
})
// Beside the sources, so that packages are found.
const { rules } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`)

const LEVELS = [
  ['error', 'Errors', 'What fails, or refuses callers, as it is.'],
  ['warning', 'Warnings', 'What works today, and goes wrong with a later change or lets in more than it seems to.'],
  ['note', 'Notes', 'What to know. They do not change the exit code.'],
]
const sections = LEVELS.map(([level, heading, promise]) =>
  [
    `## ${heading}`,
    '',
    promise,
    '',
    '| rule | the mistake | what one sees of it |',
    '|---|---|---|',
    ...rules.filter((rule) => rule.level === level).map(({ id, title, symptom }) => `| \`${id}\` | ${title} | ${symptom} |`),
  ].join('\n'),
)
writeFileSync(
  at('docs/check-rules.md'),
  `<!-- Generated from ${SOURCE} by \`npm run generate\`. -->
# Rules of \`postern check\`

What [\`postern check\`](check.md) looks for. Rules are never renamed once released: \`--ignore\` names them. A rule may say less of a place
than its level: a warning that is certain to do no harm yet is a note there.

${sections.join('\n\n')}
`,
)
console.log(`docs/check-rules.md: ${rules.length} rules`)
