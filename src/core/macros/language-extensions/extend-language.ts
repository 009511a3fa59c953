import { dnsSuffixOf, partitionOf } from '../../aws/scope.ts'
import { sectionOf } from '../../template/conditions.ts'
import { declaredParameters } from '../../template/parameter-declarations.ts'
import { positionOfMember } from '../../template/position.ts'
import type { EvaluationScope, PseudoParameters } from '../../template/scope.ts'
import { isMap, type ValueMap } from '../../template/value.ts'
import { assemblyFor } from './assembly.ts'
import { newBudget } from './budget.ts'
import { checkLoops } from './check-loops.ts'
import { addMember, type MemberRules } from './for-each.ts'
import { refused } from './refused.ts'
import { settle } from './settle.ts'
import { settleDefinition } from './settle-definition.ts'
import type { EarlyScope } from './settled.ts'
import { truthsOf } from './truths.ts'

/** What the transform may know besides the template. */
interface Surroundings {
  readonly parameters: EvaluationScope['parameters']
  readonly region: string
  readonly pseudo?: Partial<PseudoParameters>
}

/**
 * What `AWS::LanguageExtensions` makes of a template: loops are written out, and every function of conditions, resources and outputs is
 * replaced by its value, as far as that is known before there is a stack. Conditions stay functions, of values that are known.
 * Secrets (`NoEcho`) are not put into the template, and so are nothing that a loop could run over.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-languageextensions.html
 */
export function extendLanguage(template: ValueMap, surroundings: Surroundings): ValueMap {
  checkLoops(template)
  const result: ValueMap = { ...template }
  const scope = scopeOf(template, surroundings)
  expandSection(result, 'Conditions', scope, settle)
  const decided = { ...scope, condition: truthsOf(sectionOf(result, 'Conditions')) }
  expandSection(result, 'Resources', decided, settleDefinition)
  expandSection(result, 'Outputs', decided, settleDefinition)
  return result
}

function scopeOf(template: ValueMap, { parameters, region, pseudo }: Surroundings): EarlyScope {
  const secrets = new Set(declaredParameters(template).flatMap(({ key, noEcho }) => (noEcho ? [key] : [])))
  return {
    parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => !secrets.has(name))),
    pseudo: { Region: region, Partition: partitionOf(region), URLSuffix: dnsSuffixOf(region), ...pseudo },
    mappings: sectionOf(template, 'Mappings'),
    condition: (name, at) => {
      throw refused(`Fn::If cannot be used in the Conditions section (${name})`, at)
    },
    items: new Map(),
    budget: newBudget(),
    within: { name: '' },
  }
}

/** A section whose loops make nothing is not there. */
function expandSection(template: ValueMap, name: string, scope: EarlyScope, settleMember: MemberRules['settleMember']): void {
  const section = template[name]
  if (!isMap(section)) return
  const assembly = assemblyFor(section)
  const rules: MemberRules = { settle, settleMember, checkName: checkId }
  for (const [key, member] of Object.entries(section))
    addMember(key, member, positionOfMember(section, key), assembly, { ...scope, within: { name: key } }, rules)
  const expanded = assembly.result()
  if (Object.keys(expanded).length > 0 || name === 'Resources') template[name] = expanded
  else delete template[name]
}

/** In a section of the template, what loops make are ids. Measured: https://github.com/ministackorg/ministack/pull/1739 */
const checkId: MemberRules['checkName'] = (name, at) => {
  if (!/^[A-Za-z0-9]+$/.test(name)) throw refused(`OutputKey '${name}' should be alphanumeric`, at)
}
