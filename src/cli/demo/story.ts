import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Listing } from '#app/listing.ts'
import { shipped } from '#kit/package-root.ts'
import type { Client } from '../client.ts'
import { deployTemplate } from '../deploy-template.ts'
import { followStack } from '../follow-stack.ts'
import { outputsOf } from '../stack-outputs.ts'
import { asCurl, ask, type Question } from './ask.ts'

/** One line of the demo's table: something that was tried, what must come of it, and what came. */
export interface Outcome {
  readonly chapter: string
  readonly what: string
  /** The request or command, to paste. */
  readonly tried: string
  readonly expected: string
  readonly got: string
  readonly requestId?: string
}

const EXAMPLE = shipped('examples/entities')
const ENTITIES = '{"entities":[{"id":"1","name":"portcullis"},{"id":"2","name":"drawbridge"},{"id":"3","name":"postern"}]}'
const FORBIDDEN = '{"message":"Forbidden"}'
const NO_ROUTE = '{"message":"Missing Authentication Token"}'

/** Plays the story of `examples/entities` against a fresh Postern. Answers everything it tried, in order. */
export async function* play(client: Client): AsyncGenerator<Outcome> {
  if (!existsSync(EXAMPLE)) throw new Error(`the example is not at ${EXAMPLE}`)
  yield* network(client)
  yield* publicService(client)
  yield* privateService(client)
  yield* policyTakesEffectWhenDeployed(client)
  yield* farewell(client)
}

async function* network(client: Client) {
  const chapter = 'the network'
  yield await deployed(client, chapter, 'network.yaml', 'entities-network')
  yield await deployed(client, chapter, 'infrastructure.yaml', 'entities-infrastructure')
  yield await deployed(client, chapter, 'infrastructure.yaml', 'entities-side-door')
}

async function* publicService(client: Client) {
  const chapter = 'public'
  yield await deployed(client, chapter, 'service-public.yaml', 'entities')
  const { Host, door, apiId } = await places(client)
  const at = (path: string): Question => ({ to: client.endpoint, path, headers: { Host } })
  yield await asked(chapter, 'anybody may list', at('/development/entities'), 200, ENTITIES)
  yield await asked(chapter, 'anybody may look at one', at('/development/entities/3'), 200, '{"id":"3","name":"postern"}')
  yield await asked(
    chapter,
    'the handler says what is not there',
    at('/development/entities/9'),
    404,
    '{"message":"no entity 9"}',
  )
  yield await asked(
    chapter,
    'an endpoint routes to private APIs only',
    { to: door, path: '/development/entities', headers: { 'x-apigw-api-id': apiId } },
    403,
    FORBIDDEN,
  )
}

async function* privateService(client: Client) {
  const chapter = 'private'
  yield await deployed(client, chapter, 'service.yaml', 'entities')
  const { Host, alias, door, sideDoor, apiId, ...here } = await places(client)
  const path = '/development/entities'
  const id = { 'x-apigw-api-id': apiId }
  const unnamed = (method: string, route: string) =>
    `{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:${here.region}:********${here.account.slice(-4)}:${apiId}/development/${method}/${route} because no resource-based policy allows the execute-api:Invoke action"}`

  yield await asked(chapter, 'the internet is refused', { to: client.endpoint, path, headers: { Host } }, 403, FORBIDDEN)
  yield await asked(chapter, 'endpoint, without saying which API', { to: door, path }, 403, FORBIDDEN)
  yield await asked(chapter, 'endpoint, with x-apigw-api-id', { to: door, path, headers: id }, 200, ENTITIES)
  yield await asked(chapter, "endpoint, with the API's host", { to: door, path, headers: { Host } }, 200, ENTITIES)
  yield await asked(chapter, 'endpoint, by the alias name', { to: door, path, headers: { Host: alias } }, 200, ENTITIES)
  yield await asked(chapter, 'one entity', { to: door, path: `${path}/2`, headers: id }, 200, '{"id":"2","name":"drawbridge"}')
  yield await asked(
    chapter,
    'an endpoint the policy does not name',
    { to: sideDoor, path, headers: id },
    403,
    unnamed('GET', 'entities'),
  )
  yield await asked(
    chapter,
    'an API that is not there',
    { to: door, path, headers: { 'x-apigw-api-id': 'zzzzzzzzzz' } },
    403,
    FORBIDDEN,
  )
  yield await asked(chapter, 'a stage that is not there', { to: door, path: '/production/entities', headers: id }, 403, FORBIDDEN)
  yield await asked(chapter, 'a path that is not there', { to: door, path: '/development/castles', headers: id }, 403, NO_ROUTE)
  yield await asked(chapter, 'a method that is not there', { to: door, method: 'POST', path, headers: id }, 403, NO_ROUTE)
}

async function* policyTakesEffectWhenDeployed(client: Client) {
  const chapter = 'a policy waits for its deployment'
  const { sideDoor, apiId } = await places(client)
  const question: Question = { to: sideDoor, path: '/development/entities', headers: { 'x-apigw-api-id': apiId } }
  const everybody = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }],
  }
  const refused = (await ask(question)).body
  await client.call('apigateway', 'UpdateRestApi', {
    restApiId: apiId,
    patchOperations: [{ op: 'replace', path: '/policy', value: JSON.stringify(everybody) }],
  })
  yield await asked(chapter, 'update-rest-api alone changes nothing', question, 403, refused)
  await client.call('apigateway', 'CreateDeployment', { restApiId: apiId, stageName: 'development' })
  yield await asked(chapter, 'create-deployment does', question, 200, ENTITIES)
}

async function* farewell(client: Client) {
  const chapter = 'the end'
  yield await deleted(client, chapter, 'entities-network', 'refused: its exports are in use')
  for (const stack of ['entities', 'entities-side-door', 'entities-infrastructure', 'entities-network'])
    yield await deleted(client, chapter, stack, 'DELETE_COMPLETE')
  const { stacks, apis, endpoints, functions } = await client.get<Listing>('list')
  const left = stacks.length + apis.length + endpoints.length + functions.length
  yield { chapter, what: 'nothing is left', tried: 'postern list', expected: '0 things', got: `${left} things` }
}

async function asked(chapter: string, what: string, question: Question, status: number, body: string): Promise<Outcome> {
  const answer = await ask(question)
  return {
    chapter,
    what,
    tried: asCurl(question),
    expected: `${status} ${body}`,
    got: `${answer.status} ${answer.body}`,
    requestId: answer.requestId,
  }
}

async function deployed(client: Client, chapter: string, template: string, stackName: string): Promise<Outcome> {
  const parameterOverrides = template === 'service.yaml' || template === 'service-public.yaml' ? ['Environment=development'] : []
  const { status, reason } = await deployTemplate(client, {
    template: join(EXAMPLE, template),
    stackName,
    parameterOverrides,
    capabilities: ['CAPABILITY_IAM'],
    json: true,
  })
  const tried = `postern deploy -t ${template} --stack-name ${stackName}${template.startsWith('service') ? ' --capabilities CAPABILITY_IAM' : ''}`
  return {
    chapter,
    what: `deploy ${template}`,
    tried,
    expected: 'deployed',
    got: /^(CREATE|UPDATE)_COMPLETE$/.test(status) ? 'deployed' : `${status}: ${reason}`,
  }
}

async function deleted(client: Client, chapter: string, stack: string, expected: string): Promise<Outcome> {
  const outcome = (got: string): Outcome => ({
    chapter,
    what: `delete ${stack}`,
    tried: `postern delete ${stack}`,
    expected,
    got,
  })
  const { Stacks } = await client.call<{ Stacks: { StackId: string }[] }>('cloudformation', 'DescribeStacks', {
    StackName: stack,
  })
  const id = Stacks[0]?.StackId ?? stack
  const refusal = await client.call('cloudformation', 'DeleteStack', { StackName: id }).then(
    () => undefined,
    (error: Error) => error.message,
  )
  const { status, reason } =
    refusal === undefined
      ? await followStack(client, id, { after: undefined, quiet: true })
      : { status: 'refused', reason: refusal }
  if (/in use by/.test(reason ?? '')) return outcome('refused: its exports are in use')
  return outcome(status === 'DELETE_COMPLETE' ? status : `${status}: ${reason}`)
}

/** What the stacks of the story made, as a caller needs it. */
async function places(client: Client) {
  const outputs = Object.fromEntries(
    (await outputsOf(client, 'entities')).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  )
  const { endpoints } = await client.get<Listing>('list')
  const portOf = async (stack: string) => {
    const [endpoint] = (await outputsOf(client, stack)).filter(({ OutputKey }) => OutputKey === 'ExecuteApiEndpointId')
    const found = endpoints.find(({ id }) => id === endpoint?.OutputValue)
    return { id: found?.id ?? '', url: found?.url ?? '' }
  }
  const door = await portOf('entities-infrastructure')
  const sideDoor = await portOf('entities-side-door')
  const Host = outputs['ApiHost'] ?? ''
  const apiId = outputs['ApiId'] ?? ''
  return {
    Host,
    apiId,
    alias: Host.replace(apiId, `${apiId}-${door.id}`),
    door: door.url,
    sideDoor: sideDoor.url,
    account: client.account,
    region: client.region,
  }
}
