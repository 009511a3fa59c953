// Writes docs/reason-codes.md from the one list of reasons that the gateway has.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const SOURCE = 'src/core/gateway/reason-codes.ts'

const { code } = transformSync(readFileSync(at(SOURCE), 'utf8'), { loader: 'ts', format: 'esm' })
const { REASON_CODES } = await import(`data:text/javascript,${encodeURIComponent(code)}`)

const steps = new Map()
for (const [reason, meaning] of Object.entries(REASON_CODES)) {
  const [step] = reason.split('/')
  steps.set(step, [...(steps.get(step) ?? []), [reason, meaning]])
}
const sections = [...steps].map(([step, reasons]) =>
  [
    `## ${step}`,
    '',
    '| code | means |',
    '|---|---|',
    ...reasons.map(([reason, meaning]) => `| \`${reason}\` | ${meaning} |`),
  ].join('\n'),
)
writeFileSync(
  at('docs/reason-codes.md'),
  `<!-- Generated from ${SOURCE} by \`npm run generate\`. -->
# Reason codes

What \`postern explain\` gives as the reason of each step, in the order in which a request meets the steps. Codes are never renamed once
released: a script or a test may compare them. The sentence beside a code is about the request at hand and may change.

${sections.join('\n\n')}
`,
)
console.log(`docs/reason-codes.md: ${Object.keys(REASON_CODES).length} codes of ${steps.size} steps`)
