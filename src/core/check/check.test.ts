import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { transform } from '../exports/sam.ts'
import { parseTemplate } from '../template/parse.ts'
import { check } from './check.ts'
import { rules } from './rules.ts'
import { type SubjectSource, subjectsOf } from './subjects.ts'

/** A case of `test/cases/check`: templates as text, by file, and what the rule of that name finds in them. */
interface Case {
  readonly name: string
  readonly template?: string
  readonly templates?: Readonly<Record<string, string>>
  /** The template that the stack stands on. */
  readonly deployed?: string
  /** What was changed in its APIs past their deployments, by logical id. */
  readonly undeployed?: Readonly<Record<string, readonly string[]>>
  readonly parameters?: Readonly<Record<string, string>>
  /** `line level`, with the file in front where there are several. Where it is empty, no other rule finds anything that fails. */
  readonly finds: readonly string[]
}

const folder = new URL('../../../test/cases/check/', import.meta.url)
const casesOf = (rule: string) => parse(readFileSync(new URL(`${rule}.yaml`, folder), 'utf8')) as readonly Case[]
const files = readdirSync(folder).map((name) => name.replace(/\.yaml$/, ''))

it('every rule has its cases, and every file of cases a rule', () => {
  expect(files.toSorted()).toEqual(rules.map(({ id }) => id).toSorted())
})

describe.each(rules.map(({ id }) => [id, casesOf(id)] as const))('%s', (rule, cases) => {
  it('has a template with the mistake, and one that is mended', () => {
    expect(cases.some(({ finds }) => finds.length > 0)).toBe(true)
    expect(cases.some(({ finds }) => finds.length === 0)).toBe(true)
  })

  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const found = findingsIn(one)
    const several = Object.keys(one.templates ?? {}).length > 1
    const shown = found
      .filter((finding) => finding.rule === rule)
      .map(({ file, position, level }) => `${several ? `${file}:` : ''}${position?.line} ${level}`)
    expect(shown).toEqual(one.finds)
    if (one.finds.length === 0) expect(found.filter(({ level }) => level !== 'note')).toEqual([])
  })
})

function findingsIn({
  template = '',
  templates = { 'template.yaml': template },
  deployed,
  undeployed = {},
  parameters = {},
}: Case) {
  const expanded = (text: string) => {
    const result = transform(text, { region: 'eu-central-1', parameters })
    if (!result.ok) throw new Error(result.message)
    return result.template
  }
  const sources = Object.entries(templates).map(
    ([file, text]): SubjectSource => ({
      file,
      written: parseTemplate(text),
      expanded: expanded(text),
      region: 'eu-central-1',
      parameters,
      ...(deployed !== undefined && {
        deployed: { expanded: expanded(deployed), parameters, undeployed: new Map(Object.entries(undeployed)) },
      }),
    }),
  )
  return check(subjectsOf(sources))
}
