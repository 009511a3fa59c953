/** The wire formats AWS services speak. */
export type ProtocolName = 'query' | 'ec2' | 'json' | 'rest-json' | 'rest-xml'

/** What is known of every service without loading its model. */
export interface ServiceEntry {
  /** The service's name in models and manifests, such as `apigateway`. */
  readonly service: string
  /** AWS's name of the service, such as `API Gateway`. */
  readonly serviceId: string
  /** The service's name in the credential scope of a signature. */
  readonly signingName: string
  readonly protocol: ProtocolName
  readonly apiVersion: string
  /** What stands before the dot of `X-Amz-Target`. */
  readonly targetPrefix?: string
  readonly load: () => Promise<{ readonly table: ServiceModel }>
}

/** A service's model as the protocols compile their codecs from it. The names of attributes are those of AWS's own model files. */
export interface ServiceModel {
  readonly service: string
  readonly serviceId: string
  readonly protocol: ProtocolName
  readonly apiVersion: string
  readonly jsonVersion?: string
  readonly targetPrefix?: string
  readonly xmlNamespace?: string
  /** Errors stand at the root of the answer, without an `ErrorResponse` around them. */
  readonly noErrorWrapping?: boolean
  readonly operations: Readonly<Record<string, OperationShape>>
  readonly shapes: Readonly<Record<string, Shape>>
}

export interface OperationShape {
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number }
  /** Query parameters and headers that must be there: several operations may share a path and differ by these alone. */
  readonly needs?: { readonly query: readonly string[]; readonly headers: readonly string[] }
  /** Whether the shapes below are known; of other operations only the name and the routing are. */
  readonly wanted?: true
  readonly input?: MemberShape
  readonly output?: MemberShape & { readonly resultWrapper?: string }
  /** Names of the error shapes. */
  readonly errors?: readonly string[]
  readonly httpChecksum?: {
    readonly requestAlgorithmMember?: string
    readonly requestChecksumRequired?: boolean
    readonly requestValidationModeMember?: string
    readonly responseAlgorithms?: readonly string[]
  }
}

export type TimestampFormat = 'iso8601' | 'rfc822' | 'unixTimestamp'
export interface XmlNamespace {
  readonly uri: string
  readonly prefix?: string
}

/** A reference to a shape, with what its place adds. */
export interface MemberShape {
  readonly shape: string
  readonly location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode'
  readonly locationName?: string
  readonly queryName?: string
  readonly flattened?: boolean
  readonly streaming?: boolean
  readonly idempotencyToken?: boolean
  readonly xmlAttribute?: boolean
  readonly xmlNamespace?: XmlNamespace
  readonly timestampFormat?: TimestampFormat
}

export type Shape = StructureShape | ListShape | MapShape | ScalarShape

export interface StructureShape {
  readonly type: 'structure'
  readonly members: Readonly<Record<string, MemberShape>>
  readonly required?: readonly string[]
  /** The member that is the whole body. */
  readonly payload?: string
  readonly union?: boolean
  readonly document?: boolean
  readonly eventstream?: boolean
  /** The name of the XML element where the shape is the root of a body. */
  readonly locationName?: string
  /** The only member is the text of the root element. */
  readonly unwrapped?: boolean
  readonly xmlNamespace?: XmlNamespace
  readonly exception?: boolean
  /** On the server's side rather than the caller's. */
  readonly fault?: boolean
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number; readonly senderFault?: boolean }
}
export interface ListShape {
  readonly type: 'list'
  readonly member: MemberShape
  readonly flattened?: boolean
  readonly min?: number
  readonly max?: number
}
export interface MapShape {
  readonly type: 'map'
  readonly key: MemberShape
  readonly value: MemberShape
  readonly flattened?: boolean
  readonly locationName?: string
  readonly min?: number
  readonly max?: number
}
export interface ScalarShape {
  readonly type:
    | 'string'
    | 'boolean'
    | 'integer'
    | 'long'
    | 'float'
    | 'double'
    | 'timestamp'
    | 'blob'
    | 'character'
    | 'bigdecimal'
  readonly enum?: readonly string[]
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly streaming?: boolean
  readonly timestampFormat?: TimestampFormat
  /** The service checks this itself, after its own rules. */
  readonly unchecked?: boolean
  /** In a list or map, the service says that it must not be null either. */
  readonly notNull?: boolean
}
