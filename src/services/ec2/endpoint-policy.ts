import { AwsError } from '#core/aws/aws-error.ts'
import { sourceMapOf } from '#core/template/position.ts'
import { isMap } from '#core/template/value.ts'
import type { EndpointPolicy } from './records.ts'

/** What an endpoint without a policy shows, `Version` missing and spaces before line ends included: recorded. */
export const FULL_ACCESS =
  '{\n  "Statement": [\n    {\n      "Action": "*", \n      "Effect": "Allow", \n      "Principal": "*", \n      "Resource": "*"\n    }\n  ]\n}'

const LIMIT = 20_480

/** A policy from a call: JSON text. */
export function policyFromText(text: string): EndpointPolicy {
  return { text, document: checkedDocument(text, parsed(text)), sources: {} }
}

/** A policy from a template: a document with the places where it was written, or JSON text. */
export function policyFromTemplate(written: unknown, stack: string): EndpointPolicy {
  if (typeof written === 'string') return { ...policyFromText(written), stack }
  const text = JSON.stringify(written)
  return { text, document: checkedDocument(text, written), sources: sourceMapOf(written), stack }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    // unverified: AWS's words for text that is no JSON.
    throw new AwsError('InvalidPolicyDocument', 'The policy document is not valid JSON.', { cause })
  }
}

/** Each statement must say who: an endpoint policy is a resource policy. */
function checkedDocument(text: string, document: unknown): unknown {
  const invalid = (why: string) => new AwsError('InvalidPolicyDocument', `The policy document is invalid: ${why}`)
  if (text.length > LIMIT) throw invalid(`it is longer than ${LIMIT} characters`)
  if (!isMap(document) || document['Statement'] === undefined) throw invalid('it has no Statement')
  const { Statement: statements } = document
  for (const statement of Array.isArray(statements) ? statements : [statements]) {
    if (!isMap(statement)) throw invalid('a statement is not an object')
    if (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny') throw invalid('Effect must be Allow or Deny')
    if (statement['Principal'] === undefined && statement['NotPrincipal'] === undefined)
      throw invalid('a statement has no Principal')
  }
  return document
}
