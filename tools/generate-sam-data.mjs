// Writes src/core/sam/data/*.ts from schemas/sam/*.json: the core reads no files, so its tables are modules.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = new URL('..', import.meta.url).pathname
const target = join(root, 'src/core/sam/data')
const read = (name) => JSON.parse(readFileSync(join(root, 'schemas/sam', name), 'utf8'))

/** Paths rather than ARNs, since an ARN is its partition and its path; text rather than a map, since most are never looked up. */
function managedPolicies() {
  const byPartition = Object.entries(read('aws_managed_policies.json')).map(([partition, arns]) => {
    const prefix = `arn:${partition}:iam::aws:policy/`
    const paths = Object.entries(arns).map(([name, arn]) => {
      if (!arn.startsWith(prefix) || arn.split('/').at(-1) !== name) throw new Error(`${arn} is not in the usual form`)
      return arn.slice(prefix.length)
    })
    return [partition, `\n${paths.sort().join('\n')}\n`]
  })
  return `/** Paths of AWS's managed policies by partition, one on each line, a line break at both ends. */
export const managedPolicies: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries(byPartition))}`
}

function policyTemplates() {
  const templates = Object.entries(read('policy_templates.json').Templates).map(([name, { Parameters, Definition }]) => [
    name,
    { parameters: Object.keys(Parameters ?? {}), definition: Definition },
  ])
  return `import type { ValueMap } from '../../template/value.ts'

export interface PolicyTemplate {
  readonly parameters: readonly string[]
  /** A policy document that names the parameters with \`Ref\` and \`Fn::Sub\`. */
  readonly definition: ValueMap
}

export const policyTemplates: Readonly<Record<string, PolicyTemplate>> = ${JSON.stringify(Object.fromEntries(templates))}`
}

function globalsProperties() {
  return `/** What each section of \`Globals\` takes, in the order in which AWS lists it. */
export const globalsProperties: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(read('globals_supported_properties.json'))}`
}

/** AWS's table as it is; comments on its entries, which start with an underscore, are left out. */
function connectorProfiles() {
  const { Permissions, CfnResourceProperties } = read('connector_profiles.json')
  const entries = (map, made) => Object.fromEntries(Object.entries(map).map(([key, value]) => [key, made(value)]))
  const profile = ({ Type, Properties }) => ({
    kind: Type,
    sourcePolicy: Properties.SourcePolicy,
    ...(Properties.DependedBy && { dependedBy: Properties.DependedBy }),
    ...(Properties.ValidAccessCategories && { combinations: Properties.ValidAccessCategories }),
    access: Properties.AccessCategories,
  })
  const words = { Id: 'ResourceId', Url: 'QueueUrl' }
  const values = (outputs) => Object.fromEntries(Object.entries(outputs).map(([key, value]) => [words[key] ?? key, value]))
  const end = ({ Inputs, Outputs }) => ({ ...(Inputs && { role: Inputs.Role }), values: values(Outputs) })
  return `import type { ValueMap } from '../../template/value.ts'

/** What a connector makes for one pair of types. \`%{Source.Arn}\` and the like stand for what is known of the two ends. */
export interface ConnectorProfile {
  readonly kind: 'AWS_IAM_ROLE_MANAGED_POLICY' | 'AWS_SQS_QUEUE_POLICY' | 'AWS_SNS_TOPIC_POLICY' | 'AWS_LAMBDA_PERMISSION'
  /** Whether the source gets the policy. */
  readonly sourcePolicy: boolean
  /** What may be created only once the policy is there. */
  readonly dependedBy?: 'SOURCE' | 'DESTINATION_EVENT_SOURCE_MAPPING'
  /** Where not every combination of permissions works: those that do. */
  readonly combinations?: readonly (readonly string[])[]
  /** By the name of the permission: policy statements, or the properties of a Lambda permission. */
  readonly access: Readonly<Record<string, ValueMap>>
}

/** How a connector reads a resource of its template. */
export interface ConnectorEnd {
  /** The property with the role; a rule has one with each of its targets. */
  readonly role?: string | { readonly Function: 'GetEventsRuleRole' }
  /** What is known of the resource, in the words of a connector's end. \`%{logicalId}\` stands for its logical id. */
  readonly values: ValueMap
}

/** By the types of source and destination. */
export const connectorProfiles: Readonly<Record<string, Readonly<Record<string, ConnectorProfile>>>> = ${JSON.stringify(
    entries(Permissions, (destinations) => entries(destinations, profile)),
  )}

export const connectorEnds: Readonly<Record<string, ConnectorEnd>> = ${JSON.stringify(entries(CfnResourceProperties, end))}`
}

function repositoryRegions() {
  return `/** The regions that have the Serverless Application Repository. */
export const repositoryRegions: ReadonlySet<string> = new Set(${JSON.stringify(Object.values(read('serverlessrepo_regions.json')).flat())})`
}

const files = {
  'managed-policies.ts': managedPolicies(),
  'policy-templates.ts': policyTemplates(),
  'globals-properties.ts': globalsProperties(),
  'repository-regions.ts': repositoryRegions(),
  'connector-profiles.ts': connectorProfiles(),
}

mkdirSync(target, { recursive: true })
for (const [name, text] of Object.entries(files)) {
  writeFileSync(join(target, name), `// Generated by tools/generate-sam-data.mjs from schemas/sam. Do not edit.\n${text}\n`)
}
execFileSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', target], { stdio: ['ignore', 'ignore', 'inherit'] })
