import { createHash } from 'node:crypto'
import type { Value } from '#core/template/value.ts'
import type { Ports } from '#kit/ports.ts'
import { type ResourceRequest, resource } from '#kit/resource.ts'
import type { ApiKeySourceType } from '#services/models/apigateway.ts'
import { type Properties, schema } from '#services/schemas/apigateway-rest-api.ts'
import type { Definition } from '../definition.ts'
import { unlessGone } from '../gone.ts'
import { type ImportRequest, importRestApi, putRestApi } from '../import/import-rest-api.ts'
import { readDocument } from '../import/read-document.ts'
import { unescapePointer } from '../patch.ts'
import { badRequest } from '../refusals.ts'
import { createRestApi, deleteRestApi, getRestApi, type RestApi, type WantedApi } from '../rest-apis.ts'
import { refuseUnservedMethods } from '../served.ts'
import { stackTags } from '../tags.ts'
import { templatePath, templateSource } from '../template-source.ts'
import { replaceRestApiSettings } from '../update-rest-api.ts'

type Request = ResourceRequest<Properties>

export default resource(schema, {
  honours: [
    'ApiKeySourceType',
    'BinaryMediaTypes',
    'Body',
    'BodyS3Location',
    'Description',
    'DisableExecuteApiEndpoint',
    'EndpointConfiguration',
    'FailOnWarnings',
    'MinimumCompressionSize',
    'Mode',
    'Name',
    'Parameters',
    'Policy',
    'Tags',
  ],

  async create(request, ports) {
    const definition = await importOf(request, ports)
    if (definition) return stateOf(importRestApi(definition, wantedFrom(request), request.caller, ports).api)
    const { Name } = request.properties
    // unverified: the words.
    if (Name === undefined) throw badRequest('API name is required when no API definition is given')
    return stateOf(createRestApi({ ...wantedFrom(request), name: Name }, request.caller, ports))
  },

  async update(request, { ref }, ports) {
    const definition = await importOf(request, ports)
    const wanted = wantedFrom(request)
    if (!definition) return stateOf(replaceRestApiSettings(ref, wanted, request.caller, ports))
    const mode = request.properties.Mode === 'merge' ? 'merge' : 'overwrite'
    return stateOf(putRestApi(ref, { ...definition, mode }, wanted, request.caller, ports).api)
  },

  delete({ ref, caller }, ports) {
    unlessGone(() => {
      getRestApi(ref, caller, ports)
      deleteRestApi(ref, caller, ports)
    })
  },
})

const stateOf = ({ id, rootResourceId }: RestApi) => ({
  ref: id,
  attributes: { RestApiId: id, RootResourceId: rootResourceId },
})

/** The definition to import, if the template has one: beside the resource, or as an object in S3. */
async function importOf(request: Request, ports: Ports): Promise<ImportRequest | undefined> {
  const { Body, BodyS3Location: at, Parameters, FailOnWarnings } = request.properties
  const check = (definition: Definition) => refuseUnservedMethods(definition, request.unsupported)
  const shared = { parameters: Parameters, failOnWarnings: FailOnWarnings, check }
  if (Body !== undefined) {
    const origin = { path: templatePath(request.logicalId, 'Body'), stack: request.stack.name }
    return { ...shared, document: readDocument((request.written['Body'] ?? Body) as Value), origin }
  }
  if (!at) return undefined
  if (!at.Bucket || !at.Key) throw badRequest('BodyS3Location needs `Bucket` and `Key`')
  const body = await ports.objects.read(request.caller, {
    bucket: at.Bucket,
    key: at.Key,
    ...(at.Version !== undefined && { versionId: at.Version }),
  })
  checkETag(body, at.ETag)
  return { ...shared, document: readDocument(body), origin: { path: `s3://${at.Bucket}/${at.Key}`, stack: request.stack.name } }
}

/** The tag of an object that came in one piece is its MD5; of others nothing can be told from the bytes. */
function checkETag(body: Uint8Array, tag: string | undefined): void {
  const [, expected] = /^"?([0-9a-f]{32})"?$/.exec(tag ?? '') ?? []
  // unverified: the words.
  if (expected && createHash('md5').update(body).digest('hex') !== expected)
    throw badRequest('The ETag of the API definition in S3 is not the one that was specified')
}

/** What the properties say. Those that are not there are left to the definition, or to AWS's defaults. */
function wantedFrom(request: Request): Partial<WantedApi> {
  const { properties: p, written, stack, logicalId } = request
  const policy = written['Policy'] ?? (p.Policy as Value | undefined)
  const source = templateSource(request, 'EndpointConfiguration')
  return {
    ...(p.Name !== undefined && { name: p.Name }),
    description: p.Description,
    // Templates may write `image~1png` for `image/png`; the definition that SAM writes beside it has the slash:
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html
    binaryMediaTypes: p.BinaryMediaTypes?.map(unescapePointer),
    minimumCompressionSize: p.MinimumCompressionSize,
    apiKeySource: p.ApiKeySourceType as ApiKeySourceType | undefined,
    endpointConfiguration: p.EndpointConfiguration && {
      types: p.EndpointConfiguration.Types,
      ipAddressType: p.EndpointConfiguration.IpAddressType,
      vpcEndpointIds: p.EndpointConfiguration.VpcEndpointIds ?? [],
    },
    ...(policy !== undefined && {
      policy: { written: policy, stack: stack.name, position: templateSource(request, 'Policy') },
    }),
    tags: stackTags(logicalId, stack, p.Tags),
    disableExecuteApiEndpoint: p.DisableExecuteApiEndpoint,
    ...(source && { source }),
  }
}
