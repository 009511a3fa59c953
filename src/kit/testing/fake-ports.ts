import type { Scope } from '#core/aws/scope.ts'
import { seededIds } from '../ids.ts'
import type { Blobs, Logs, Ports, StoredLogEvent } from '../ports.ts'
import { fakeClock } from './fake-clock.ts'
import { memoryRecords } from './memory-records.ts'

/** Ports for a test: time, ids, records, blobs and logs work in memory; any other port must be handed in, or throws when touched. */
export function fakePorts(given: Partial<Ports> = {}): Ports {
  const clock = given.clock ?? fakeClock()
  const absent = (name: string) =>
    new Proxy(
      {},
      {
        get: () => {
          throw new Error(`the test gave no \`${name}\` port`)
        },
      },
    )
  return {
    clock,
    ids: seededIds(1),
    records: memoryRecords(),
    blobs: memoryBlobs(),
    logs: memoryLogs(() => clock.now()),
    objects: absent('objects') as Ports['objects'],
    parameters: absent('parameters') as Ports['parameters'],
    functions: absent('functions') as Ports['functions'],
    host: absent('host') as Ports['host'],
    dataPlane: absent('dataPlane') as Ports['dataPlane'],
    credentials: absent('credentials') as Ports['credentials'],
    stacks: absent('stacks') as Ports['stacks'],
    vpcs: absent('vpcs') as Ports['vpcs'],
    addresses: { endpoint: 'http://127.0.0.1:4566' },
    ...given,
  }
}

export function memoryBlobs(): Blobs {
  const blobs = new Map<string, Uint8Array>()
  return {
    async put(bytes) {
      const digest = Buffer.from(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))).toString('hex')
      blobs.set(digest, bytes)
      return digest
    },
    async get(digest) {
      const bytes = blobs.get(digest)
      if (!bytes) throw new Error(`no blob ${digest}`)
      return bytes
    },
  }
}

export function memoryLogs(now: () => number): Logs {
  const events: (StoredLogEvent & { group: string })[] = []
  const groupOf = ({ account, region }: Scope, group: string) => `${account}/${region}/${group}`
  const forget = (gone: (event: StoredLogEvent & { group: string }) => boolean) => {
    const kept = events.filter((event) => !gone(event))
    events.length = 0
    events.push(...kept)
  }
  let count = 0
  return {
    append(scope, group, stream, added) {
      for (const { timestamp, message } of added) {
        count += 1
        events.push({
          id: String(count).padStart(20, '0'),
          group: groupOf(scope, group),
          stream,
          timestamp,
          message,
          ingestionTime: now(),
        })
      }
    },
    read: (scope, group, { streams, from = 0, to = Number.MAX_SAFE_INTEGER, after = '', limit = Number.MAX_SAFE_INTEGER } = {}) =>
      events
        .filter(
          (event) =>
            event.group === groupOf(scope, group) && event.timestamp >= from && event.timestamp <= to && event.id > after,
        )
        .filter((event) => !streams || streams.includes(event.stream))
        .sort((a, b) => a.timestamp - b.timestamp || (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    groups({ account, region }) {
      const prefix = `${account}/${region}/`
      const names = events.filter(({ group }) => group.startsWith(prefix)).map(({ group }) => group.slice(prefix.length))
      return [...new Set(names)]
    },
    streams(scope, group) {
      const byStream = new Map<string, StoredLogEvent[]>()
      for (const event of events) {
        if (event.group === groupOf(scope, group)) byStream.set(event.stream, [...(byStream.get(event.stream) ?? []), event])
      }
      return [...byStream].map(([name, of]) => ({
        name,
        creationTime: Math.min(...of.map((event) => event.ingestionTime)),
        firstEventTimestamp: Math.min(...of.map((event) => event.timestamp)),
        lastEventTimestamp: Math.max(...of.map((event) => event.timestamp)),
        lastIngestionTime: Math.max(...of.map((event) => event.ingestionTime)),
        storedBytes: of.reduce((sum, event) => sum + event.message.length, 0),
      }))
    },
    deleteGroup: (scope, group) => forget((event) => event.group === groupOf(scope, group)),
    deleteStream: (scope, group, stream) => forget((event) => event.group === groupOf(scope, group) && event.stream === stream),
  }
}
