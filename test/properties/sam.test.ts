import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { AwsError } from '#core/aws/aws-error.ts'
import { copyOf } from '#core/sam/copy.ts'
import { resourceTypes } from '#core/sam/resource-types.ts'
import { type TransformResult, transform } from '#core/sam/transform.ts'
import { parseTemplate } from '#core/template/parse.ts'
import { isMap, type ValueMap } from '#core/template/value.ts'
import { readCases, suiteFolder } from '../conformance/sam-suite.ts'
import { frozen, mutate, thinned } from './sam-mutations.ts'

const folder = suiteFolder()
const rich = parseTemplate(readFileSync(new URL('../cases/sam/rich.yaml', import.meta.url), 'utf8'))
const texts = folder ? readCases(folder).map(({ input }) => readFileSync(join(folder, 'dev', input), 'utf8')) : []
const cases = texts.map((text) => parseTemplate(text))
const context = { parameters: {}, region: 'eu-central-1' }

// Half a minute on an idle machine; how long it takes on a busy one is no matter.
vi.setConfig({ testTimeout: 600_000 })

// The same mutations on every machine, so that what fails on one fails on all; `POSTERN_SEED` draws others.
const seed = Number(process.env['POSTERN_SEED'] ?? 20_261_122)
const MUTATIONS = Number(process.env['SAM_MUTATIONS'] ?? 20_000)
const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 4 })
/** A template that something is wrong with: a case of AWS's where these are at hand, else a part of the one that has everything. */
const mistaken = fc
  .tuple(fc.nat(), picks)
  .map(([which, chosen]) => mutate(copyOf(cases[which % (cases.length + 40)] ?? thinned(rich, which)), chosen))

const template = (result: TransformResult) => (result.ok ? result.template : undefined)

describe('whatever a template says', () => {
  it(`the answer is CloudFormation or a refusal, never an exception, and the template is as it was: ${MUTATIONS} times`, () => {
    fc.assert(
      fc.property(mistaken, (given) => {
        const result = transform(frozen(given), context)
        if (result.ok) {
          const types = Object.values(result.template['Resources'] as ValueMap).map((node) => isMap(node) && node['Type'])
          expect(types.filter((type) => resourceTypes.has(type))).toEqual([])
        } else {
          expect(result.message).toMatch(
            /^Invalid Serverless Application Specification document\. Number of errors found: [1-9]\d*\. /,
          )
          expect(result.causes.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: MUTATIONS, seed },
    )
  })

  it('a refusal says where, if the template was written anywhere', () => {
    fc.assert(
      fc.property(mistaken, (given) => {
        const result = transform(written(given), context)
        if (!result.ok) expect(result.causes.filter(({ position }) => position === undefined)).toEqual([])
      }),
      { numRuns: MUTATIONS / 10, seed },
    )
  })

  it('the answer is the same when asked again, whatever was asked in between', () => {
    fc.assert(
      fc.property(mistaken, mistaken, (one, other) => {
        const alone = transform(one, context)
        transform(other, context)
        expect(JSON.stringify(transform(one, context))).toBe(JSON.stringify(alone))
      }),
      { numRuns: MUTATIONS / 40, seed },
    )
  })

  it('a result stays as it is when the template is transformed again', () => {
    fc.assert(
      fc.property(mistaken, (given) => {
        const first = template(transform(given, context))
        const before = JSON.stringify(first)
        transform(given, context)
        expect(JSON.stringify(first)).toBe(before)
      }),
      { numRuns: MUTATIONS / 40, seed },
    )
  })
})

/** The template as it would be read from a text. */
function written(given: ValueMap): ValueMap {
  try {
    return parseTemplate(JSON.stringify(given))
  } catch (error) {
    // Nested deeper than a text may be: the values go on without places, and only then.
    if (error instanceof AwsError) return rich
    throw error
  }
}

describe('whatever becomes of a text', () => {
  const sources = [readFileSync(new URL('../cases/sam/rich.yaml', import.meta.url), 'utf8').slice(0, 6_000), ...texts]
  const noise = fc.constantFrom(
    '\u0000',
    '\t',
    '!',
    '&a ',
    '*a',
    '<<: ',
    '{',
    '[',
    '- ',
    ': ',
    '? ',
    "'",
    '"',
    '|',
    '%',
    '---\n',
    '🦄',
  )
  const damage = fc.tuple(fc.nat(), fc.nat(), fc.nat({ max: 30 }), fc.oneof(noise, fc.constant(''), fc.string()))

  it('it is a template, or refused as one: cut short, with parts lost and other bytes put in', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(damage, { minLength: 1, maxLength: 3 }), fc.boolean(), (which, damages, cut) => {
        let text = sources[which % sources.length]!
        for (const [at, end, length, put] of damages) {
          const start = at % (text.length + 1)
          text = text.slice(0, start) + put + text.slice(start + length)
          if (cut) text = text.slice(0, end % (text.length + 1))
        }
        try {
          const result = transform(parseTemplate(text), context)
          if (!result.ok) expect(result.causes.filter(({ position }) => position === undefined)).toEqual([])
        } catch (error) {
          expect(error).toBeInstanceOf(AwsError)
        }
      }),
      { numRuns: MUTATIONS / 10, seed },
    )
  })
})
