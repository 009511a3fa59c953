import { AwsError } from '#core/aws/aws-error.ts'
import { validatePolicy } from '#core/policy/compile-policy.ts'
import { sourceMapOf } from '#core/template/position.ts'
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
  return { text, document: checkedDocument(text, JSON.parse(text)), sources: sourceMapOf(written), stack }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    // unverified: AWS's words for text that is no JSON.
    throw new AwsError('InvalidPolicyDocument', 'The policy document is not valid JSON.', { cause })
  }
}

/** Must be a resource policy within AWS's length: each statement says who. */
function checkedDocument(text: string, document: unknown): unknown {
  const [problem] = validatePolicy(document)
  if (problem) throw invalid(`${problem.text} at \`${problem.pointer || '/'}\``)
  if (text.length > LIMIT) throw invalid(`it is longer than ${LIMIT} characters`)
  return document
}

function invalid(why: string): AwsError {
  return new AwsError('InvalidPolicyDocument', `The policy document is invalid: ${why}`)
}
