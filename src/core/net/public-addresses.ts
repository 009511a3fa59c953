/*
 * The internet as Postern plays it: the addresses of AWS's front ends, from a block that is set aside for documentation (RFC 5737), so
 * that they can be nobody's. A name that is none of Postern's does not exist.
 */

/** The AWS API of every service but those below. */
export const AWS_API_ADDRESS = '198.51.100.1'
/** S3 and DynamoDB have addresses of their own, since a gateway endpoint carries to those of its service alone. */
export const S3_ADDRESS = '198.51.100.4'
export const DYNAMODB_ADDRESS = '198.51.100.5'
/** API Gateway's regional front end. */
export const REGIONAL_FRONT_END = '198.51.100.2'
/** CloudFront, in front of edge-optimized APIs. */
export const EDGE_FRONT_END = '198.51.100.3'
/** The resolver of somebody who is in no VPC. */
export const PUBLIC_RESOLVER = '198.51.100.53'
/** Somebody on the internet: of another block for documentation, as front ends see them. */
export const INTERNET_CLIENT = '203.0.113.10'
