import { positionedAs } from '../template/position.ts'
import { isList, isMap, type Value, type ValueList, type ValueMap } from '../template/value.ts'
import { managedPolicyArn, type Partition } from './arn.ts'
import { copyOf, member } from './copy.ts'
import { managedPolicies } from './data/managed-policies.ts'
import { policyTemplates } from './data/policy-templates.ts'
import { ifArguments, isIf, isIntrinsic, isNoValue, MALFORMED_IF, onlyKey } from './intrinsics.ts'
import { repr, truthy } from './python.ts'
import { invalidResource, invalidTemplate } from './refusal.ts'
import { resolveParameters } from './resolver.ts'

/*
 * `Policies` of a function or state machine: names of managed policies, ARNs, policy documents, and policy templates, each
 * of them also inside an `Fn::If`.
 */

type Kind = 'managed' | 'document' | 'template' | 'unknown'

function entries(policies: Value | undefined): ValueList {
  if (!truthy(policies)) return []
  return isList(policies) ? policies : [policies!]
}

function kindOf(policy: Value, templates: boolean): Kind {
  if (typeof policy === 'string') return 'managed'
  if (isIf(policy)) return kindOfIf(policy, templates)
  if (isIntrinsic(policy)) return 'managed'
  if (!isMap(policy)) return 'unknown'
  if (Object.hasOwn(policy, 'Statement')) return 'document'
  const name = onlyKey(policy)
  return templates && name !== undefined && Object.hasOwn(policyTemplates, name) ? 'template' : 'unknown'
}

function kindOfIf(policy: ValueMap, templates: boolean): Kind {
  const items = ifArguments(policy)
  if (!items) throw invalidTemplate(MALFORMED_IF)
  const [, then, otherwise] = items
  const thenKind = kindOf(then, templates)
  const otherwiseKind = kindOf(otherwise, templates)
  if (thenKind === otherwiseKind || isNoValue(otherwise)) return thenKind
  if (isNoValue(then)) return otherwiseKind
  throw invalidTemplate(
    'Different policy types within the same Fn::If statement is unsupported. Separate different policy types into different Fn::If statements',
  )
}

/** Replaces policy templates by the documents that they stand for. */
export function expandPolicyTemplates(id: string, properties: ValueMap): void {
  const policies = entries(properties['Policies'])
  if (policies.length === 0) return
  const expanded = policies.map((policy) => {
    if (kindOf(policy, true) !== 'template') return policy
    const expand = (branch: Value) => (isNoValue(branch) ? branch : expandTemplate(id, branch))
    const items = isIf(policy) ? ifArguments(policy) : undefined
    return items ? { 'Fn::If': [items[0], expand(items[1]), expand(items[2])] } : expand(policy)
  })
  properties['Policies'] = positionedAs(expanded, properties['Policies'])
}

function expandTemplate(id: string, policy: Value): Value {
  const name = onlyKey(policy)!
  const values = (policy as ValueMap)[name] ?? null
  const template = policyTemplates[name]!
  if (!isMap(values)) throw invalidResource(id, `Must specify valid parameter values for policy template '${name}'`)
  const missing = template.parameters.filter((parameter) => !Object.hasOwn(values, parameter))
  if (missing.length > 0) {
    throw invalidResource(id, `Following required parameters of template '${name}' don't have values: ${repr(missing)}`)
  }
  const prefixed: ValueMap = {}
  for (const parameter of template.parameters) prefixed[PREFIX + parameter] = copyOf(member(values, parameter)!)
  return positionedAs(resolveParameters(withPrefix(copyOf(template.definition)), prefixed) as ValueMap, policy)
}

/** Parameters of a policy template get a name that no parameter of the user's has. */
const PREFIX = '___SAM_POLICY_PARAMETER_'

function withPrefix(node: Value): Value {
  if (isList(node)) return node.map(withPrefix)
  if (!isMap(node)) return node
  if (typeof node['Ref'] === 'string') return { ...node, Ref: PREFIX + node['Ref'] }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withPrefix(value)]))
}

/** What a role gets from `Policies`: ARNs of managed policies, and documents to be written into it. */
export function rolePolicies(
  id: string,
  roleId: string,
  policies: Value | undefined,
  partition: Partition,
): { arns: ValueList; documents: ValueList } {
  const arns: ValueList = []
  const documents: ValueList = []
  for (const [index, policy] of entries(policies).entries()) {
    const kind = kindOf(policy, false)
    if (kind === 'document') {
      documents.push(
        inBranches(policy, (document) =>
          isNoValue(document)
            ? document
            : positionedAs({ PolicyName: `${roleId}Policy${index}`, PolicyDocument: document }, document),
        ),
      )
    } else if (kind === 'managed') {
      arns.push(inBranches(policy, (name) => (typeof name === 'string' ? managedArn(name, partition) : name)))
    } else {
      throw invalidResource(id, `Policy at index ${index} in the 'Policies' property is not valid`)
    }
  }
  return { arns, documents }
}

function inBranches(policy: Value, change: (branch: Value) => Value): Value {
  const items = isIf(policy) ? ifArguments(policy) : undefined
  return items ? { 'Fn::If': [items[0], change(items[1]), change(items[2])] } : change(policy)
}

/** The ARN of a policy that AWS manages, by its name; an ARN, or a name nobody knows, stays as it is. */
function managedArn(name: string, partition: Partition): string {
  const paths = managedPolicies[partition] ?? ''
  if (name === '' || /[\n/]/.test(name)) return name
  const end = [`\n${name}\n`, `/${name}\n`].map((tail) => paths.indexOf(tail)).find((at) => at >= 0)
  if (end === undefined) return name
  const start = paths.lastIndexOf('\n', end) + 1
  return managedPolicyArn(partition, paths.slice(paths[end] === '\n' ? end + 1 : start, paths.indexOf('\n', end + 1)))
}
