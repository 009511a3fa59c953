import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Scope } from '#core/aws/scope.ts'
import type { Clock, LogFilter, LogStreamInfo, Logs, StoredLogEvent } from '#kit/ports.ts'

/** A file of a group. When one is full the next begins, and the oldest goes once the group has too many. */
const SEGMENT_BYTES = 4 * 1024 * 1024
const SEGMENTS_KEPT = 16

/** `[id, stream, timestamp, ingestionTime, message]`, one JSON text a line. */
type Line = [string, string, number, number, string]

interface Group {
  readonly directory: string
  /** Lines that are not in a file yet, and the id of their first. */
  waiting: string
  firstWaiting: string
  /** The file that is being written, and its size so far. */
  segment: { readonly name: string; bytes: number } | undefined
}

/**
 * Logs as lines in files, a folder a group. Many requests write at once, so lines are gathered until the end of the event loop's
 * turn and written together; `kill -9` loses at most the lines of the turn that it interrupts. A group keeps its newest 64 MiB.
 *
 * @param onError told of lines that could not be written, once until some can be again: they are lost, and whoever logged them goes on
 */
export function fileLogs(root: string, clock: Clock, onError: (error: unknown) => void = () => {}): Logs & { flush(): void } {
  const groups = new Map<string, Group>()
  const dirty = new Set<Group>()
  let counter = 0
  let lastMillisecond = 0
  let millisecondText = ''
  let failing = false

  const directoryOf = ({ account, region }: Scope, name: string) => join(root, account, region, folderOf(name))
  const groupOf = (scope: Scope, name: string): Group => {
    const directory = directoryOf(scope, name)
    const found = groups.get(directory)
    if (found) return found
    const made: Group = { directory, waiting: '', firstWaiting: '', segment: undefined }
    groups.set(directory, made)
    return made
  }
  // Ids sort by time, then by order: a restart goes on after the last one without reading it back.
  const nextId = () => {
    const now = Math.max(lastMillisecond, clock.now())
    counter = now === lastMillisecond ? counter + 1 : 0
    if (counter === 0) millisecondText = String(now).padStart(14, '0')
    lastMillisecond = now
    return millisecondText + String(counter).padStart(8, '0')
  }
  // Called when nobody waits for it: an error that left here would end the process.
  const flush = () => {
    for (const group of dirty) {
      try {
        write(group)
        failing = false
      } catch (error) {
        // The next line begins a file of its own, in a folder made anew if somebody removed it.
        group.segment = undefined
        if (!failing) onError(error)
        failing = true
      }
    }
    dirty.clear()
  }

  return {
    flush,
    append(scope, name, stream, events) {
      const group = groupOf(scope, name)
      if (dirty.size === 0) setImmediate(flush)
      dirty.add(group)
      for (const { timestamp, message } of events) {
        const id = nextId()
        if (group.waiting === '') group.firstWaiting = id
        group.waiting += `${JSON.stringify([id, stream, timestamp, lastMillisecond, message] satisfies Line)}\n`
      }
    },
    read(scope, name, filter = {}) {
      const events = eventsOf(groupOf(scope, name), filter)
      events.sort((a, b) => a.timestamp - b.timestamp || (a.id < b.id ? -1 : 1))
      return filter.limit === undefined ? events : events.slice(0, filter.limit)
    },
    groups({ account, region }) {
      flush()
      try {
        return readdirSync(join(root, account, region)).map(decodeURIComponent)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
        throw error
      }
    },
    streams(scope, name) {
      const found = new Map<string, LogStreamInfo>()
      for (const event of eventsOf(groupOf(scope, name), {})) found.set(event.stream, withEvent(found.get(event.stream), event))
      return [...found.values()]
    },
    deleteGroup(scope, name) {
      const group = groupOf(scope, name)
      groups.delete(group.directory)
      dirty.delete(group)
      rmSync(group.directory, { recursive: true, force: true })
    },
    deleteStream(scope, name, stream) {
      const group = groupOf(scope, name)
      write(group)
      for (const file of segmentsOf(group.directory)) {
        const path = join(group.directory, file)
        const kept = linesOf(path).filter((line) => line[1] !== stream)
        writeFileSync(path, kept.map((line) => `${JSON.stringify(line)}\n`).join(''), { mode: 0o600 })
      }
      group.segment = undefined
    },
  }
}

/** A group may be called `..`: no name may lead anywhere but into a folder of its own. */
function folderOf(group: string): string {
  return encodeURIComponent(group).replace(/^\.+/, (dots) => '%2E'.repeat(dots.length))
}

function write(group: Group): void {
  if (group.waiting === '') return
  const bytes = Buffer.from(group.waiting)
  group.waiting = ''
  if (!group.segment || group.segment.bytes > SEGMENT_BYTES) {
    mkdirSync(group.directory, { recursive: true, mode: 0o700 })
    group.segment = { name: `${group.firstWaiting}.ndjson`, bytes: 0 }
    for (const old of segmentsOf(group.directory).slice(0, 1 - SEGMENTS_KEPT)) rmSync(join(group.directory, old), { force: true })
  }
  appendFileSync(join(group.directory, group.segment.name), bytes, { mode: 0o600 })
  group.segment.bytes += bytes.length
}

function eventsOf(group: Group, { streams, from, to, after }: LogFilter): StoredLogEvent[] {
  const wanted = (event: StoredLogEvent) =>
    (from === undefined || event.timestamp >= from) &&
    (to === undefined || event.timestamp <= to) &&
    (after === undefined || event.id > after) &&
    (streams === undefined || streams.includes(event.stream))
  const files = segmentsOf(group.directory)
  // A file's name is its first id, so a file is of no interest when the next one begins at or before `after`.
  const useful = after === undefined ? files : files.filter((_, index) => `${files[index + 1] ?? '~'}` > after)
  const events: StoredLogEvent[] = []
  const take = ([id, stream, timestamp, ingestionTime, message]: Line) => {
    const event = { id, stream, timestamp, ingestionTime, message }
    if (wanted(event)) events.push(event)
  }
  for (const file of useful) linesOf(join(group.directory, file)).forEach(take)
  parseLines(group.waiting).forEach(take)
  return events
}

function segmentsOf(directory: string): string[] {
  try {
    return readdirSync(directory).sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** The whole lines of a file. A last line without its end was being written when the process was killed: nobody was told of it. */
function linesOf(path: string): Line[] {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return []
  return parseLines(readFileSync(path, 'utf8'))
}

function parseLines(text: string): Line[] {
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}

function withEvent(stream: LogStreamInfo | undefined, event: StoredLogEvent): LogStreamInfo {
  return {
    name: event.stream,
    creationTime: stream?.creationTime ?? event.ingestionTime,
    firstEventTimestamp: Math.min(stream?.firstEventTimestamp ?? Number.POSITIVE_INFINITY, event.timestamp),
    lastEventTimestamp: Math.max(stream?.lastEventTimestamp ?? 0, event.timestamp),
    lastIngestionTime: event.ingestionTime,
    storedBytes: (stream?.storedBytes ?? 0) + Buffer.byteLength(event.message),
  }
}
