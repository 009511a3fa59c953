import type { EndpointType } from '#services/models/apigateway.ts'
import { badRequest } from '../refusals.ts'

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * Refuses what no certificate could be for, and AWS's own names: whoever could take these would answer in the place of the AWS API.
 * unverified: the words.
 */
export function checkName(wanted: string, type: EndpointType): string {
  const name = wanted.toLowerCase()
  const labels = name.replace(/^\*\./, '').split('.')
  const top = labels.at(-1) ?? ''
  const isName = labels.length > 1 && name.length <= 253 && labels.every((label) => LABEL.test(label)) && /[a-z]/.test(top)
  const isAmazons = /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|cloudfront\.net)$/.test(name)
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains.html
  const isWild = type === 'PRIVATE' && name.startsWith('*')
  if (!isName || isWild || isAmazons || top === 'localhost') throw badRequest(`Invalid domain name specified: ${wanted}`)
  return name
}
