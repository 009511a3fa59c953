import { serverlessApi } from './resources/api.ts'
import { application } from './resources/application.ts'
import { capacityProvider } from './resources/capacity-provider.ts'
import { connector } from './resources/connector.ts'
import { serverlessFunction } from './resources/function.ts'
import { graphQLApi } from './resources/graphql-api.ts'
import { serverlessHttpApi } from './resources/http-api.ts'
import { layerVersion } from './resources/layer-version.ts'
import { simpleTable } from './resources/simple-table.ts'
import { stateMachine } from './resources/state-machine.ts'
import { webSocketApi } from './resources/web-socket-api.ts'
import type { SamResourceType } from './sam-resource.ts'

/** Every SAM type that can be transformed. Adding one is adding its file and a line here. */
const types: readonly SamResourceType[] = [
  serverlessFunction,
  serverlessApi,
  serverlessHttpApi,
  layerVersion,
  simpleTable,
  stateMachine,
  webSocketApi,
  graphQLApi,
  application,
  capacityProvider,
  connector,
]

export const resourceTypes: ReadonlyMap<unknown, SamResourceType> = new Map(types.map((type) => [type.type, type]))
