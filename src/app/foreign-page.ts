import type { IncomingMessage } from 'node:http'
import { hostnameOf } from '#core/gateway/hostname.ts'

/**
 * Why a request may not use the AWS API of this machine, or nothing where it may. Signatures need not be right here, so any web page that
 * somebody looks at could otherwise deploy functions: by a form, by a link, or under a name of its own that suddenly means this machine.
 */
export function foreignPage({ headers, url = '/', socket }: IncomingMessage): string | undefined {
  const { origin, host = '' } = headers
  if (origin !== undefined && !isOfThisMachine(origin.replace(/^https?:\/\//, ''))) {
    return `a page of \`${origin}\` may not use the AWS API of this machine`
  }
  // Pictures and links carry no `Origin`. They cannot read what they get, so only what acts is refused.
  if (origin === undefined && headers['sec-fetch-site'] === 'cross-site' && /[?&]Action=/.test(url)) {
    return 'a page from elsewhere may not use the AWS API of this machine'
  }
  if (isLoopback(socket.remoteAddress ?? '') && !mayMeanThisMachine(host)) {
    return `\`${hostnameOf(host)}\` is no name of this machine: use \`localhost\`, an address, or a name of AWS`
  }
  return undefined
}

function isOfThisMachine(host: string): boolean {
  return /^(([a-z0-9-]+\.)*localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host)
}

/** Names that no stranger can make point here: AWS's own, addresses, and those without a dot. */
function mayMeanThisMachine(host: string): boolean {
  if (host === '' || host.startsWith('[') || isOfThisMachine(host)) return true
  const name = hostnameOf(host)
  return !name.includes('.') || /^\d+(\.\d+){3}$/.test(name) || /\.(amazonaws\.com(\.cn)?|api\.aws)$/.test(name)
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}
