import { describe, expect, it } from 'vitest'
import { refusalOf } from '../testing/transformed.ts'

const api = (domain: string) => `Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Domain: { DomainName: example.com, CertificateArn: arn:c, ${domain} }
`

describe("an API's domain", () => {
  it.each([
    ['Policy: { a: b }', 'ApiGatewayDomainName0caaf24ab1', 'Policy', 'AWS::ApiGateway::DomainName'],
    [
      'EndpointConfiguration: PRIVATE, OwnershipVerificationCertificateArn: arn:o',
      'ApiGatewayDomainNameV20caaf24ab1',
      'OwnershipVerificationCertificateArn',
      'AWS::ApiGateway::DomainNameV2',
    ],
  ])('does not take `%s`, which its kind does not have', (domain, id, property, type) => {
    expect(refusalOf(api(domain))).toBe(
      `Resource with id [${id}] is invalid. property ${property} not defined for resource of type ${type}`,
    )
  })
})
