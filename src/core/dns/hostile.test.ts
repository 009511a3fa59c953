import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { decode } from 'dns-packet'
import { expect, it } from 'vitest'
import { resolve } from '../net/resolve.ts'
import { network } from '../net/testing/two-vpcs.ts'
import type { Zone } from '../net/zones.ts'
import { answerQuery } from './answer-query.ts'
import { hostilePackets } from './testing/hostile-packets.ts'

const values = Array.from({ length: 200 }, (_, index) => `10.0.0.${index}`)
const zone: Zone = {
  id: 'Z1',
  name: 'example.com',
  seenBy: 'everybody',
  records: [
    { name: 'one.example.com', type: 'A', ttl: 60, values: ['10.0.1.20'] },
    { name: 'many.example.com', type: 'A', ttl: 60, values },
    { name: '*.wild.example.com', type: 'CNAME', ttl: 60, values: ['one.example.com'] },
  ],
}
const names = ['one.example.com', 'many.example.com', 'a.b.wild.example.com', 'none.example.com', 'example.org', '.']

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** What is in use, when everything that is not has been thrown away. */
function heapInUse(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

it('whatever 120,000 packets hold, the answer is one, never larger than allowed, and nothing is kept', () => {
  const outcomes = new Map<string, number>()
  let [count, early] = [0, 0]
  for (const packet of hostilePackets(120_000, names)) {
    count += 1
    // By now, all that is made once has been made.
    if (count === 20_000) early = heapInUse()
    const transport = packet.length % 2 === 0 ? 'udp' : 'tcp'
    const bytes = answerQuery(packet, transport, (name, type) =>
      resolve({ ...network, zones: [zone] }, { kind: 'internet' }, name, type),
    )
    const response = bytes && decode(Buffer.from(bytes))
    const outcome = response ? (response as unknown as { rcode: string }).rcode : 'nothing'
    outcomes.set(outcome, 1 + (outcomes.get(outcome) ?? 0))
    if (!bytes || !response) continue
    if (
      !response.flag_qr ||
      response.id !== Buffer.from(packet).readUInt16BE(0) ||
      (transport === 'udp' && bytes.length > 1232)
    ) {
      expect.fail(`${Buffer.from(packet).toString('hex')} was answered with ${Buffer.from(bytes).toString('hex')}`)
    }
  }
  expect(heapInUse() - early).toBeLessThan(2_000_000)
  // Every way out was taken often, so that the packets are no easier than they look.
  for (const outcome of ['nothing', 'FORMERR', 'NOTIMP', 'NXDOMAIN', 'NOERROR', 'REFUSED']) {
    expect(outcomes.get(outcome), outcome).toBeGreaterThan(500)
  }
})
