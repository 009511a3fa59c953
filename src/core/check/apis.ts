import { positionOfMember } from '../template/position.ts'
import { isList, isMap, memberOf, type Value, type ValueMap } from '../template/value.ts'
import { type Method, methodsOf } from './methods.ts'
import { oncePer } from './once-per.ts'
import type { Place } from './place.ts'
import { listOf, type PolicyView, policyView } from './policy-view.ts'
import { placeIn, type Resource, type Subject, type Subjects } from './subjects.ts'

/** A REST API of a template, with all that belongs to it there. */
export interface Api {
  readonly resource: Resource
  readonly id: string
  /** Whether SAM makes it, so that its deployment's id follows from its document. */
  readonly isSam: boolean
  /** Nothing where the template leaves it open. */
  readonly type: 'PRIVATE' | 'REGIONAL' | 'EDGE' | undefined
  readonly endpointIds: readonly Value[]
  /** `unknown` where it may be in a document that is elsewhere. */
  readonly policies: readonly PolicyView[] | 'unknown'
  /** Nothing where the document is elsewhere. */
  readonly methods: readonly Method[] | undefined
  readonly deployments: readonly Resource[]
  readonly stages: readonly Resource[]
}

/** A property of the resource as the user wrote it, in the resource or for all APIs. */
export interface Setting {
  readonly value: Value
  readonly place: Place
}

/** Every REST API of the templates with what belongs to it in its own template. */
export function apisOf(subjects: Subjects): readonly Api[] {
  const parts: Parts = {
    methods: partsOf('AWS::ApiGateway::Method', subjects),
    deployments: partsOf('AWS::ApiGateway::Deployment', subjects),
    stages: partsOf('AWS::ApiGateway::Stage', subjects),
  }
  return subjects.ofType('AWS::ApiGateway::RestApi').map((resource) => apiOf(resource, parts))
}

type PartsOf = (api: Resource) => readonly Resource[]
type Parts = Readonly<Record<'methods' | 'deployments' | 'stages', PartsOf>>

/** The resources of this type that name an API of their own template. */
function partsOf(type: string, subjects: Subjects): PartsOf {
  const idsOf = oncePer((_: Subject) => new Map<string, Resource[]>())
  for (const part of subjects.ofType(type)) {
    const { RestApiId: api } = part.properties
    const id = isMap(api) ? api['Ref'] : undefined
    if (typeof id !== 'string') continue
    const known = idsOf(part.subject).get(id)
    if (known) known.push(part)
    else idsOf(part.subject).set(id, [part])
  }
  return ({ subject, id }) => idsOf(subject).get(id) ?? []
}

function apiOf(resource: Resource, { methods, deployments, stages }: Parts): Api {
  const { id, properties } = resource
  const endpoint = properties['EndpointConfiguration']
  const isSam = isSamApi(resource)
  return {
    resource,
    id,
    isSam,
    type: typeOf(endpoint),
    endpointIds: isMap(endpoint) ? listOf(endpoint['VpcEndpointIds'] ?? []) : [],
    policies: policiesOf(resource, isSam),
    methods: methodsOf(resource, methods(resource)),
    deployments: deployments(resource),
    stages: stages(resource),
  }
}

/** What SAM calls the API of events that name none. */
const IMPLICIT = 'ServerlessRestApi'

function isSamApi({ id, subject: { written } }: Resource): boolean {
  const resources = memberOf(written, 'Resources')
  const source = isMap(resources) ? memberOf(resources, id) : undefined
  return source === undefined ? id === IMPLICIT : isMap(source) && source['Type'] === 'AWS::Serverless::Api'
}

function typeOf(endpoint: Value | undefined): Api['type'] {
  if (endpoint === undefined) return 'EDGE'
  const types = isMap(endpoint) ? endpoint['Types'] : undefined
  const [type, ...others] = isList(types) ? types : []
  return others.length === 0 && (type === 'PRIVATE' || type === 'REGIONAL' || type === 'EDGE') ? type : undefined
}

const POLICY = 'x-amazon-apigateway-policy'

function policiesOf(resource: Resource, isSam: boolean): Api['policies'] {
  const { properties } = resource
  const body = properties['Body']
  const inBody = isMap(body) ? body[POLICY] : undefined
  const written = isSam ? settingOf(resource, 'Auth', 'ResourcePolicy')?.place : undefined
  const found = [
    policyView(parsed(properties['Policy']), placeIn(resource, 'Policy')),
    policyView(inBody, written ?? placeIn(resource, 'Body', POLICY)),
  ].filter((policy) => policy !== undefined)
  if (found.length > 0) return found
  const elsewhere = properties['BodyS3Location'] !== undefined || (isMap(body) && 'Fn::Transform' in body)
  return elsewhere || properties['Policy'] !== undefined || inBody !== undefined ? 'unknown' : []
}

function parsed(policy: Value | undefined): Value | undefined {
  if (typeof policy !== 'string') return policy
  try {
    return JSON.parse(policy) as Value
  } catch {
    return undefined
  }
}

/** What the user wrote under this path of a SAM API's properties; in `Globals` where the resource has nothing there. */
export function settingOf({ id, subject: { file, written } }: Resource, ...path: string[]): Setting | undefined {
  const own = ['Resources', id, 'Properties', ...path]
  return found(written, own, file) ?? found(written, ['Globals', 'Api', ...path], file)
}

function found(template: ValueMap, path: readonly string[], file: string): Setting | undefined {
  let value: Value = template
  let position: Place['position']
  for (const key of path) {
    if (!isMap(value)) return undefined
    const member: Value | undefined = memberOf(value, key)
    if (member === undefined) return undefined
    position = positionOfMember(value, key)
    value = member
  }
  return { value, place: { file, path: path.join('.'), position } }
}

/** Whether a value is a `Ref` to this resource. */
export function refersTo(value: Value | undefined, id: string): boolean {
  return isMap(value) && value['Ref'] === id
}
