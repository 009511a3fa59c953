import { isMap, type Value } from '../../template/value.ts'
import { type Api, apisOf, settingOf } from '../apis.ts'
import type { Rule } from '../finding.ts'
import type { StatementView } from '../policy-view.ts'

/** An event's `Auth.ResourcePolicy` gets the stage's name from SAM only where that is literal; else it says `Stage`, or `AllStages`. */
export const policyForOtherStage: Rule = {
  id: 'policy-for-other-stage',
  level: 'error',
  title: 'a policy that allows a stage which callers do not use',
  symptom: '403 `… because no resource-based policy allows the execute-api:Invoke action`, with another stage in its ARN',

  *find(subjects) {
    for (const api of apisOf(subjects)) {
      if (api.policies === 'unknown') continue
      const allowing = api.policies.flatMap(({ statements }) => statements).filter(({ effect }) => effect === 'Allow')
      const stages = allowing.flatMap(({ resources }) => resources.map(stageIn))
      const [first] = allowing
      if (!first || !stages.every((stage) => stage !== undefined)) continue
      for (const { properties } of api.stages) {
        const name = properties['StageName']
        if (name === undefined || stages.some((stage) => stage === name || (typeof name !== 'string' && !SAMS.has(stage))))
          continue
        yield {
          at: first.place,
          cause: `the policy of API \`${api.id}\` allows only the stage ${[...new Set(stages)].map((stage) => `\`${stage}\``).join(', ')}, and its stage is ${shown(name)}`,
          mend: mendOf(api, first),
        }
      }
    }
  },
}

/** What SAM writes where it does not know the stage. */
const SAMS = new Set(['Stage', 'AllStages'])

/** The stage that a resource names; nothing where it may be any, or is not told. */
function stageIn(resource: Value): string | undefined {
  const text = isMap(resource) ? resource['Fn::Sub'] : resource
  const path =
    typeof text === 'string' ? (/^execute-api:\/(.*)$/.exec(text) ?? /^arn:[^/]*:execute-api:[^/]*\/(.*)$/.exec(text)) : null
  const stage = path?.[1]?.split('/')[0]
  return stage !== undefined && /^[A-Za-z0-9_-]+$/.test(stage) ? stage : undefined
}

function shown(name: Value): string {
  if (typeof name === 'string') return `\`${name}\``
  return isMap(name) && typeof name['Ref'] === 'string' ? `what \`${name['Ref']}\` says` : 'another'
}

function mendOf({ resource, isSam }: Api, _first: StatementView): string {
  return isSam && settingOf(resource, 'Auth', 'ResourcePolicy') === undefined
    ? 'write the policy into `Auth.ResourcePolicy` of the API instead of its events, or give the stage a literal name'
    : 'name the stage that is called, or any with `execute-api:/*`'
}
