import { generatedName } from '#kit/generated-name.ts'
import { type ResourceRequest, type ResourceState, resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/lambda-function.ts'
import { createFunction, deleteFunction, type NewFunction, replaceLatest, reserveConcurrency } from '../functions.ts'
import { limits } from '../limits.ts'
import { functionArn } from '../names.ts'
import { packInlineSource } from '../packages.ts'
import { functions } from '../records.ts'

export default resource(schema, {
  honours: [
    'Architectures',
    'Code',
    'DeadLetterConfig',
    'Description',
    'Environment',
    'EphemeralStorage',
    'FunctionName',
    'Handler',
    'KmsKeyArn',
    'LoggingConfig',
    'MemorySize',
    'PackageType',
    'ReservedConcurrentExecutions',
    'Role',
    'Runtime',
    'Tags',
    'Timeout',
    'TracingConfig',
    'VpcConfig',
  ],
  limits,
  refuses: [
    'Code.SourceKMSKeyArn',
    'Code.S3ObjectStorageMode',
    'LoggingConfig.ApplicationLogLevel',
    'LoggingConfig.SystemLogLevel',
  ],

  async create(request, ports) {
    const { properties, caller, logicalId, stack } = request
    const name = properties.FunctionName ?? generatedName({ stackName: stack.name, logicalId, limit: 64 }, ports.ids)
    await createFunction(caller, await wantedFunction(name, request), ports)
    if (properties.ReservedConcurrentExecutions !== undefined)
      reserveConcurrency(caller, name, properties.ReservedConcurrentExecutions, ports)
    return stateOf(request, name)
  },

  async update(request, { ref }, ports) {
    const { caller, properties } = request
    const { reservedConcurrency } = await replaceLatest(caller, await wantedFunction(ref, request), ports)
    if (reservedConcurrency !== properties.ReservedConcurrentExecutions)
      reserveConcurrency(caller, ref, properties.ReservedConcurrentExecutions, ports)
    return stateOf(request, ref)
  },

  delete({ caller, ref }, ports) {
    if (ports.records.get(functions, caller, ref)) deleteFunction(caller, ref, undefined, ports)
  },
})

async function wantedFunction(
  name: string,
  { properties: p, stack, logicalId }: ResourceRequest<Properties>,
): Promise<NewFunction> {
  const { ZipFile, ...code } = p.Code
  return {
    name,
    wanted: { ...p, KMSKeyArn: p.KmsKeyArn },
    code: ZipFile === undefined ? code : { ZipFile: await packInlineSource(ZipFile, p.Runtime) },
    tags: {
      ...stack.tags,
      ...Object.fromEntries((p.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
      'aws:cloudformation:stack-name': stack.name,
      'aws:cloudformation:stack-id': stack.id,
      'aws:cloudformation:logical-id': logicalId,
    },
  }
}

function stateOf({ caller }: ResourceRequest<Properties>, name: string): ResourceState {
  return {
    ref: name,
    attributes: {
      Arn: functionArn(caller, name),
      SnapStartResponse: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      'SnapStartResponse.ApplyOn': 'None',
      'SnapStartResponse.OptimizationStatus': 'Off',
    },
  }
}
