import { badRequest } from '../refusals.ts'

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * Refuses what no certificate could be for, and AWS's own names: whoever could take these would answer in the place of the AWS API.
 * unverified: the words.
 */
export function checkName(wanted: string): string {
  const name = wanted.toLowerCase()
  const labels = name.replace(/^\*\./, '').split('.')
  const top = labels.at(-1) ?? ''
  const isName = labels.length > 1 && name.length <= 253 && labels.every((label) => LABEL.test(label)) && /[a-z]/.test(top)
  const isAmazons = /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|cloudfront\.net)$/.test(name)
  if (!isName || isAmazons || top === 'localhost') throw badRequest(`Invalid domain name specified: ${wanted}`)
  return name
}
