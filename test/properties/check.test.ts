import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { check } from '#core/check/check.ts'
import { rules } from '#core/check/rules.ts'
import { subjectsOf } from '#core/check/subjects.ts'
import { transform } from '#core/exports/sam.ts'
import { copyOf } from '#core/sam/copy.ts'
import { parseTemplate } from '#core/template/parse.ts'
import type { ValueMap } from '#core/template/value.ts'
import { mutate } from './sam-mutations.ts'

const folder = new URL('../cases/check/', import.meta.url)
const templates = readdirSync(folder)
  .flatMap((file) => parse(readFileSync(new URL(file, folder), 'utf8')) as { template?: string }[])
  .flatMap(({ template }) => (template === undefined ? [] : [parseTemplate(template)]))

const picks = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 4 })
const changed = fc.tuple(fc.nat({ max: templates.length - 1 }), picks).map(([index, chosen]): ValueMap => {
  return mutate(copyOf(templates[index] ?? {}), chosen)
})
const ids = new Set(rules.map(({ id }) => id))
const region = 'eu-central-1'

describe('whatever a template says', () => {
  it('the rules answer, each finding with its place and its mend, and leave the template as it is', () => {
    fc.assert(
      fc.property(changed, changed, (written, other) => {
        const before = JSON.stringify([written, other])
        // What has no SAM in it, or no right SAM, is looked at as CloudFormation.
        const sources = [written, other].map((template, index) => {
          const result = transform(template, { region })
          const expanded = result.ok ? result.template : template
          return { file: `${index}.yaml`, written: template, expanded, region, parameters: {} }
        })
        const [first, second] = sources
        const deployed = second && { expanded: second.expanded, parameters: {}, undeployed: new Map() }
        for (const finding of check(subjectsOf([...sources, { ...first!, file: '2.yaml', deployed }]))) {
          expect(ids).toContain(finding.rule)
          expect(finding.path).toMatch(/^(Resources|Globals|Outputs)\./)
          expect([finding.cause, finding.mend]).not.toContain('')
        }
        expect(JSON.stringify([written, other])).toBe(before)
      }),
      { numRuns: 2_000, seed: Number(process.env['POSTERN_SEED'] ?? 20_261_122) },
    )
  })
})
