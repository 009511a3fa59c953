import { type DnsServer, openDnsServer } from '#io/dns/dns-server.ts'
import type { Records } from '#kit/records.ts'
import { CannotStart } from './cannot-start.ts'
import { messageOf } from './cloud.ts'
import { namesOnLoopback } from './names.ts'

/**
 * Opens the resolver of the internet's view.
 *
 * @throws CannotStart where the port is not to be had
 */
export async function openDns(records: Records, host: string, port: number, log: (line: string) => void): Promise<DnsServer> {
  try {
    return await openDnsServer({
      ...{ host, port, answer: namesOnLoopback(records, host) },
      onFault: (error) => log(`a name could not be answered: ${messageOf(error)}`),
    })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const said = code === 'EADDRINUSE' ? `port ${port} is in use` : `cannot answer names on ${host}:${port}: ${messageOf(error)}`
    throw new CannotStart(said, 'choose another with `--dns-port`, or let `--dns-port 0` find a free one', error)
  }
}
