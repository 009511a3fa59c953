import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyOf } from '#core/sam/copy.ts'
import { transform } from '#core/sam/transform.ts'
import { parseTemplate } from '#core/template/parse.ts'
import type { ValueMap } from '#core/template/value.ts'
import { readCases, suiteFolder } from '../conformance/sam-suite.ts'
import { mutate } from './sam-mutations.ts'

const RICH = readFileSync(new URL('../cases/sam/rich.yaml', import.meta.url), 'utf8')
const context = { parameters: {}, region: 'eu-central-1' }

const picks = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 4 })

const rich = parseTemplate(RICH)

function mutated(template: ValueMap, chosen: readonly number[]): ValueMap {
  return mutate(copyOf(template), chosen)
}

/** Everything that a template holds, without its places. */
const plain = (value: unknown) => JSON.stringify(value)

/** SAM types among the resources: there are none in CloudFormation. */
function samTypes({ Resources: resources }: ValueMap): unknown[] {
  const types = Object.values(resources as Record<string, { Type?: unknown }>).map(({ Type }) => Type)
  return types.filter((type) => typeof type === 'string' && type.startsWith('AWS::Serverless::'))
}

describe('whatever a template says', () => {
  it('the answer is CloudFormation or a refusal, never an exception', () => {
    fc.assert(
      fc.property(picks, (chosen) => {
        const result = transform(mutated(rich, chosen), context)
        if (result.ok) {
          expect(samTypes(result.template)).toEqual([])
        } else {
          expect(result.message).toMatch(
            /^Invalid Serverless Application Specification document\. Number of errors found: \d+\. /,
          )
          expect(result.causes.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('the template that was given is left as it was, and answers the same when asked again', () => {
    fc.assert(
      fc.property(picks, (chosen) => {
        const template = mutated(rich, chosen)
        const before = plain(template)
        const first = plain(transform(template, context))
        expect(plain(template)).toBe(before)
        expect(plain(transform(template, context))).toBe(first)
      }),
      { numRuns: 200 },
    )
  })

  it('what was transformed before does not show', () => {
    fc.assert(
      fc.property(picks, picks, (one, other) => {
        const alone = plain(transform(mutated(rich, one), context))
        transform(mutated(rich, other), context)
        expect(plain(transform(mutated(rich, one), context))).toBe(alone)
      }),
      { numRuns: 200 },
    )
  })
})

const folder = suiteFolder()

describe.skipIf(!folder)('whatever becomes of the cases of AWS', () => {
  it('is answered', () => {
    const templates = folder
      ? readCases(folder).map(({ input }) => parseTemplate(readFileSync(join(folder, 'dev', input), 'utf8')))
      : []
    fc.assert(
      fc.property(fc.nat({ max: templates.length - 1 }), picks, (index, chosen) => {
        transform(mutated(templates[index]!, chosen), context)
      }),
      { numRuns: Number(process.env['SAM_MUTATIONS'] ?? 2_000) },
    )
  })
})
