import { join } from 'node:path'
import { AwsError } from '#core/aws/aws-error.ts'
import { partitionOf } from '#core/aws/scope.ts'
import { endpointCertificateNames, loopbackCertificateNames } from '#core/net/certificate-names.ts'
import { createEngine } from '#engine/engine.ts'
import { createGateway, type Gateway } from '#gateway/gateway.ts'
import { checkInput } from '#io/frontdoor/validation/check-input.ts'
import { dataPlane } from '#io/listener/data-plane.ts'
import { type Listeners, openListeners } from '#io/listener/listeners.ts'
import { processHost } from '#io/runtime/process-host.ts'
import { fileBlobs } from '#io/store/file-blobs.ts'
import { fileLogs } from '#io/store/file-logs.ts'
import { recordsOver } from '#io/store/records.ts'
import type { Authority } from '#io/tls/authority.ts'
import type { Caller } from '#kit/operation.ts'
import type { Clock, Ids, Ports } from '#kit/ports.ts'
import { republish } from '#services/apigateway/republish.ts'
import { reopenEntrances } from '#services/ec2/reopen-entrances.ts'
import { vpcsPort } from '#services/ec2/vpcs-port.ts'
import { functionsPort } from '#services/lambda/functions-port.ts'
import { operations, resourceTypes } from '#services/manifest.ts'
import { objectsPort } from '#services/s3/objects-port.ts'
import { parametersPort } from '#services/ssm/parameters-port.ts'
import { credentialsPort } from '#services/sts/credentials-port.ts'
import { stubType } from '#services/stubs/stub-type.ts'
import type { DataDirectory } from './data-directory.ts'
import { deploymentDrift } from './deployment-drift.ts'

export interface CloudOptions {
  readonly directory: DataDirectory
  /** Signs what endpoints show to clients that speak TLS. */
  readonly authority: Authority
  readonly clock: Clock
  readonly ids: Ids
  /** Where the main port is reached, such as `http://127.0.0.1:4566`. */
  readonly endpoint: string
  /** The address that endpoints' ports listen on. */
  readonly host: string
  /** Whether all stacks take stubs for what Postern does not implement. */
  readonly stubUnsupported: boolean
  readonly log: (line: string) => void
}

/** Every port filled in, and everything that was there before the last stop at work again. */
export interface Cloud {
  readonly ports: Ports
  readonly gateway: Gateway
  readonly listeners: Listeners
  /** Runs an operation as `caller`, durable before it is answered. Throws `AwsError`. */
  call(service: string, operation: string, input: unknown, caller: Caller): Promise<unknown>
  /** Who calls when nobody signs: the account itself. */
  callerOf(account: string, region: string, headers?: Readonly<Record<string, string>>): Caller
  stop(): Promise<void>
}

/** The composition root: the one place where services, engine, gateway and machine are introduced to each other. */
export async function openCloud({
  directory,
  authority,
  clock,
  ids,
  endpoint,
  host,
  stubUnsupported,
  log,
}: CloudOptions): Promise<Cloud> {
  const addresses = { endpoint }
  const records = await recordsOver(directory.store, (error) => log(`records could not be stored: ${messageOf(error)}`))
  const blobs = fileBlobs(join(directory.path, 'blobs'))
  const logs = fileLogs(join(directory.path, 'logs'), clock, (error) => log(`log lines are lost: ${messageOf(error)}`))
  const credentials = credentialsPort({ records, ids })
  const functionHost = processHost({
    directory: join(directory.path, 'functions'),
    blobs,
    logs,
    clock,
    ids,
    credentials,
    addresses,
    log,
  })
  const functions = functionsPort({ records, host: functionHost, ids })
  const gateway = createGateway(
    { functions, logs, clock, ids },
    {
      elapsed: () => performance.now(),
      drift: deploymentDrift(records),
      onFault: (error, requestId) => log(`request ${requestId} failed inside: ${error instanceof Error ? error.stack : error}`),
    },
  )
  const listeners = openListeners(gateway, {
    host,
    certificate: ({ region }) => authority.for([...endpointCertificateNames(region), ...loopbackCertificateNames(region)]),
    onFault: (error) => log(`an endpoint's connection failed: ${messageOf(error)}`),
    onMoved: ({ endpointId }, wanted, got) => log(`port ${wanted} of ${endpointId} is taken; it is ${got} now`),
  })
  const fixed: Omit<Ports, 'stacks'> = {
    clock,
    ids,
    records,
    blobs,
    logs,
    objects: objectsPort({ records, blobs }),
    parameters: parametersPort({ records }),
    functions,
    host: functionHost,
    dataPlane: dataPlane(gateway, listeners),
    credentials,
    vpcs: vpcsPort({ records }),
    addresses,
  }
  const engine = createEngine(async (type) => (await resourceTypes[type]?.())?.default ?? stubType(type), fixed, {
    onDefect: (error) => log(`a defect: ${error instanceof Error ? error.stack : error}`),
    stubUnsupported,
  })
  const ports: Ports = { ...fixed, stacks: engine }

  const stop = async () => {
    await listeners.stop()
    await functionHost.stop()
    logs.flush()
    await records.flush()
  }
  try {
    republish(ports)
    await reopenEntrances(ports)
    await engine.recover()
    await records.flush()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    ports,
    gateway,
    listeners,
    async call(service, operation, input, caller) {
      const load = operations[`${service}.${operation}`]
      if (!load) throw new AwsError('NotImplemented', `Postern does not implement ${service} ${operation}`, { status: 501 })
      await checkInput(service, operation, input as Readonly<Record<string, unknown>>)
      const output = await (await load()).default.run(input as never, caller, ports)
      await records.flush()
      return output
    },
    callerOf: (account, region, headers = {}) => ({
      account,
      region,
      partition: partitionOf(region),
      principalArn: `arn:${partitionOf(region)}:iam::${account}:root`,
      requestId: ids.uuid(),
      endpoint,
      headers,
    }),
    stop,
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
