import { isMap, type Value } from '../../template/value.ts'
import { type Api, apisOf } from '../apis.ts'
import type { Rule } from '../finding.ts'
import { oncePer } from '../once-per.ts'
import { placeIn, type Subject } from '../subjects.ts'

/** Needs to know what is deployed: the same deployment for an API that lets in others is the change that does not arrive. */
export const notRedeployed: Rule = {
  id: 'not-redeployed',
  level: 'error',
  title: 'a change of who may call that will not be deployed',
  symptom: 'the update succeeds, the console shows the new policy, and the old one decides',

  *find(subjects) {
    const deployedApis = oncePer(apisIn)
    for (const api of apisOf(subjects)) {
      const { deployed } = api.resource.subject
      const before = deployed && deployedApis(deployed).get(api.id)
      if (!before || api.deployments.length === 0 || !sameIds(api, before)) continue
      const [changed] = changesBetween(before, api)
      if (changed) yield { at: placeIn(api.resource, ...changed.path), cause: unnoticed(api, before), mend: mendOf(api) }
      const undeployed = deployed.undeployed.get(api.id) ?? []
      if (undeployed.length > 0)
        yield {
          at: api.resource.place,
          cause: `API \`${api.id}\` was changed after it was deployed last (${undeployed.join(', ')}), and its deployment would stay: its stages go on as they are`,
          mend: mendOf(api),
        }
    }
  },
}

function unnoticed(api: Api, before: Api): string {
  const changed = changesBetween(before, api).map(({ what }) => what)
  const [verb, old] = changed.length === 1 ? ['differs', 'old one'] : ['differ', 'old ones']
  return `${changed.join(' and ')} of API \`${api.id}\` ${verb} from what is deployed, and its deployment would stay \`${api.deployments[0]?.id}\`: the stage goes on with the ${old}`
}

function mendOf({ isSam }: Api): string {
  return isSam
    ? 'change the document in the same update (`Auth.ResourcePolicy` is part of it), set `AlwaysDeploy: true`, or run `aws apigateway create-deployment` afterwards'
    : 'give the deployment another logical id in the same update'
}

/** By logical id. */
function apisIn(subject: Subject): ReadonlyMap<string, Api> {
  const ofType = (type: string) => [...subject.resources.values()].filter((one) => one.type === type)
  return new Map(apisOf({ all: [subject], ofType }).map((api) => [api.id, api]))
}

function sameIds(api: Api, before: Api): boolean {
  const ids = ({ deployments }: Api) => deployments.map(({ id }) => id).sort()
  return JSON.stringify(ids(api)) === JSON.stringify(ids(before))
}

interface Change {
  readonly what: string
  readonly path: readonly string[]
}

function changesBetween(before: Api, now: Api): Change[] {
  const changes: Change[] = []
  const differs = (of: (api: Api) => Value) => canonical(of(before)) !== canonical(of(now))
  if (differs(({ type }) => type ?? null)) changes.push({ what: 'the endpoint type', path: ['EndpointConfiguration', 'Types'] })
  if (differs(({ endpointIds }) => [...endpointIds].map(canonical).sort()))
    changes.push({ what: 'the associated endpoints', path: ['EndpointConfiguration', 'VpcEndpointIds'] })
  if (differs(({ policies }) => (policies === 'unknown' ? policies : policies.map(({ document }) => document))))
    changes.push({ what: 'the resource policy', path: now.resource.properties['Policy'] === undefined ? ['Body'] : ['Policy'] })
  return changes
}

/** As JSON with sorted keys, so that only what is said counts. */
function canonical(value: Value): string {
  return JSON.stringify(value, (_, node: Value) =>
    isMap(node) ? Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1))) : node,
  )
}
