/**
 * Every reason that a step can give, with what it means in general. A verdict's own sentence says it of the request at hand.
 * Codes are never renamed once released: scripts and tests hold on to them.
 */
export const REASON_CODES = {
  'check-size/fits': 'request line and headers are within the limits of the entry point',
  'check-size/headers-too-large': 'names and values of the headers together are longer than the entry point takes',
  'check-size/target-too-long': 'the request line is longer than the entry point takes',

  'name-api/by-header': 'the `x-apigw-api-id` header names the API',
  'name-api/by-host': 'the host name names the API',
  'name-api/by-domain': 'the host name is a custom domain name, and a base path mapping names the API',
  'name-api/not-mapped': 'the host name is a custom domain name, and no base path mapping fits the path',
  'name-api/not-associated': 'the VPC endpoint is not associated with the private custom domain name that the host name is',
  'name-api/private-domain-from-outside': 'a private custom domain name was called through the public front end',
  'name-api/no-name': 'neither host name nor `x-apigw-api-id` header names an API',
  'name-api/other-service': 'the VPC endpoint is not one for `execute-api`',

  'locate-api/found': 'an API of that id is deployed',
  'locate-api/unknown': 'no API of that id has a deployed stage',

  'locate-stage/found': 'the first segment of the path is a stage of the API',
  'locate-stage/missing': 'the path has no first segment to name a stage',
  'locate-stage/unknown': 'the first segment of the path is not a stage of the API',

  'check-entrance/public': 'a public API was called through the public front end',
  'check-entrance/private': 'a private API was called through a VPC endpoint',
  'check-entrance/private-from-outside': 'a private API was called through the public front end',
  'check-entrance/public-through-endpoint': 'a public API was called through a VPC endpoint',
  'check-entrance/other-region': 'the API lives in another region than the entry point',
  'check-entrance/alias-not-associated': 'the host name is an alias for an endpoint that the API is not associated with',
  'check-entrance/alias-of-other-endpoint': 'the host name is an alias for another endpoint than the one traversed',
  'check-entrance/alias-from-outside': 'an alias of a VPC endpoint was called through the public front end',
  'check-entrance/default-endpoint-disabled': 'the API has its default endpoint disabled',

  'identify-caller/anonymous': 'the request carries no signature',
  'identify-caller/unverified': 'the request carries a signature, which is not verified: the caller counts as anonymous',
  'identify-caller/malformed-signature': 'the request carries a signature that lacks parts',
  'identify-caller/resource-too-long': 'the ARN of the requested method is longer than a private API takes',

  'check-endpoint-policy/public': 'the request came through no VPC endpoint',
  'check-endpoint-policy/absent': 'the VPC endpoint has no policy: full access',
  'check-endpoint-policy/allowed': 'a statement of the endpoint policy allows the request',
  'check-endpoint-policy/denied': 'a statement of the endpoint policy denies the request',
  'check-endpoint-policy/not-allowed': 'no statement of the endpoint policy allows the request',

  'check-domain-policy/not-private': 'the request came by no private custom domain name',
  'check-domain-policy/absent': 'a private custom domain name without a policy admits nobody',
  'check-domain-policy/allowed': 'a statement of the domain policy allows the request',
  'check-domain-policy/denied': 'a statement of the domain policy denies the request',
  'check-domain-policy/not-allowed': 'no statement of the domain policy allows the request',

  'check-resource-policy/absent': 'the API was deployed without a resource policy',
  'check-resource-policy/allowed': 'a statement of the resource policy allows the request',
  'check-resource-policy/denied': 'a statement of the resource policy denies the request',
  'check-resource-policy/not-allowed': 'no statement of the resource policy allows the request',
  'check-resource-policy/private-without-policy': 'a private API without a resource policy admits nobody',

  'find-route/found': 'a resource of the API matches path and method',
  'find-route/unknown-path': 'no resource of the API matches the path',
  'find-route/unknown-method': 'a resource matches the path, but none that does has the method',

  'check-api-key/not-required': 'the method needs no API key',
  'check-api-key/missing': 'the method needs an API key and the request has none',
  'check-api-key/unknown': 'the method needs an API key, and no usage plan knows the one that the request has',

  'authorize/none': 'the method needs no authorization',
  'authorize/unsigned': 'the method needs a signature and the request has none',
  'authorize/signature-unsupported': 'the method needs a signature, and Postern cannot verify one yet: it lets nobody in',
  'authorize/authorizer-unsupported': 'the method needs an authorizer, and Postern cannot ask one yet: it lets nobody in',

  'check-body/fits': 'the body is within the limit',
  'check-body/too-large': 'the body is longer than API Gateway takes',

  'decode-body/as-sent': 'the body is handed on as it was sent',
  'decode-body/decoded': 'the body was sent compressed, and the API takes that',
  'decode-body/undecodable': 'the body is not compressed the way its header says',
  'decode-body/too-large': 'the body is longer than API Gateway takes, once it is unpacked',

  'validate-request/not-asked': 'the method validates no requests',
  'validate-request/valid': 'parameters and body are as the request validator of the method asks',
  'validate-request/missing-parameters': 'a parameter that the method requires is missing or blank',
  'validate-request/invalid-body': 'the body does not fit the model for its content type',

  'integrate/lambda-answered': 'the function answered',
  'integrate/mock-answered': 'the mock integration answered',
  'integrate/missing': 'the method has no integration',
  'integrate/unsupported': 'Postern does not support integrations of this type yet',
  'integrate/not-configured': 'the integration is configured in a way that cannot work',
  'integrate/payload-too-large': 'the event for the function is longer than Lambda takes',
  'integrate/function-error': 'the function failed',
  'integrate/not-permitted': 'API Gateway has no permission to invoke the function',
  'integrate/refused': 'Lambda refused to run the function',
  'integrate/timeout': 'the function took longer than the integration waits',
  'integrate/malformed-answer': 'the function answered something that is not a proxy response',
  'integrate/undecodable-body': 'the function called its body Base64, and it is not',
  'integrate/unsupported-media-type': 'no request template is for the content type of the body',
  'integrate/no-mock-response': 'no integration response of the mock is for the status that it chose',

  'gateway/fault': 'Postern itself failed; its log says how',
} as const

export type ReasonCode = keyof typeof REASON_CODES
