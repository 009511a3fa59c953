import { AwsError } from '#core/aws/aws-error.ts'
import { partitionOf, type Scope } from '#core/aws/scope.ts'
import type { LogStreamInfo, Ports } from '#kit/ports.ts'
import { table } from '#kit/records.ts'

/** A log group that somebody made or configured. Others exist because events were written to them. */
export interface LogGroupRecord {
  readonly name: string
  readonly createdAt: number
  /** Shown, not acted on: how much is kept is the log store's business. */
  readonly retentionInDays?: number
  readonly kmsKeyId?: string
  readonly tags: Readonly<Record<string, string>>
}
/** A stream that was made before its first event. */
export interface LogStreamRecord {
  readonly group: string
  readonly name: string
  readonly createdAt: number
}

export const logGroups = table<LogGroupRecord>('logs/groups')
/** By `group:*:stream`; a group's name has no `*`. */
export const logStreams = table<LogStreamRecord>('logs/streams')

type Reach = Pick<Ports, 'records' | 'logs' | 'clock'>

const streamKey = (group: string, stream: string) => `${group}:*:${stream}`

export function groupArn({ account, region }: Scope, name: string): string {
  return `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${name}`
}

/** The group that a name or an ARN means, with or without the `:*` that AWS puts behind it. */
export function groupNameOf(identifier: string): string {
  const [, name = identifier] = /^arn:[^:]+:logs:[^:]*:\d*:log-group:([^:]+)(:\*)?$/.exec(identifier) ?? []
  return name
}

export function createGroup(
  scope: Scope,
  name: string,
  { tags = {}, ...more }: { tags?: Readonly<Record<string, string>>; kmsKeyId?: string; retentionInDays?: number },
  ports: Reach,
): LogGroupRecord {
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name))
    throw new AwsError(
      'InvalidParameterException',
      `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
    )
  if (findGroup(scope, name, ports))
    throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists')
  return putGroup(scope, { name, createdAt: ports.clock.now(), tags, ...more }, ports)
}

export function putGroup(scope: Scope, group: LogGroupRecord, { records }: Pick<Ports, 'records'>): LogGroupRecord {
  records.put(logGroups, scope, group.name, group)
  return group
}

/** The group, whoever made it. */
export function findGroup(scope: Scope, name: string, ports: Pick<Ports, 'records' | 'logs'>): LogGroupRecord | undefined {
  const made = ports.records.get(logGroups, scope, name)
  if (made) return made
  return ports.logs.groups(scope).includes(name) ? writtenGroup(scope, name, ports) : undefined
}

export function getGroup(scope: Scope, name: string, ports: Pick<Ports, 'records' | 'logs'>): LogGroupRecord {
  const found = findGroup(scope, name, ports)
  if (!found) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.')
  return found
}

/** All groups, in order of their names. */
export function listGroups(scope: Scope, ports: Pick<Ports, 'records' | 'logs'>): LogGroupRecord[] {
  const made = ports.records.list(logGroups, scope).map(({ value }) => value)
  const known = new Set(made.map(({ name }) => name))
  const written = ports.logs.groups(scope).filter((name) => !known.has(name))
  return [...made, ...written.map((name) => writtenGroup(scope, name, ports))].sort((a, b) => (a.name < b.name ? -1 : 1))
}

export function deleteGroup(scope: Scope, name: string, ports: Pick<Ports, 'records' | 'logs'>): void {
  getGroup(scope, name, ports)
  ports.records.delete(logGroups, scope, name)
  for (const { key, value } of ports.records.list(logStreams, scope))
    if (value.group === name) ports.records.delete(logStreams, scope, key)
  ports.logs.deleteGroup(scope, name)
}

export function createStream(scope: Scope, group: string, name: string, ports: Reach): void {
  getGroup(scope, group, ports)
  if (listStreams(scope, group, ports).some((stream) => stream.name === name))
    throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists')
  ports.records.put(logStreams, scope, streamKey(group, name), { group, name, createdAt: ports.clock.now() })
}

export function deleteStream(scope: Scope, group: string, name: string, ports: Pick<Ports, 'records' | 'logs'>): void {
  getStream(scope, group, name, ports)
  ports.records.delete(logStreams, scope, streamKey(group, name))
  ports.logs.deleteStream(scope, group, name)
}

/** What is known of a stream; without its events where it has none. */
export type KnownStream = Pick<LogStreamInfo, 'name' | 'creationTime' | 'storedBytes'> & Partial<LogStreamInfo>

export function listStreams(scope: Scope, group: string, { records, logs }: Pick<Ports, 'records' | 'logs'>): KnownStream[] {
  const written = logs.streams(scope, group)
  const known = new Set(written.map(({ name }) => name))
  const empty = records
    .list(logStreams, scope)
    .filter(({ value }) => value.group === group && !known.has(value.name))
    .map(({ value: { name, createdAt } }) => ({ name, creationTime: createdAt, storedBytes: 0 }))
  return [...written, ...empty].sort((a, b) => (a.name < b.name ? -1 : 1))
}

export function getStream(scope: Scope, group: string, name: string, ports: Pick<Ports, 'records' | 'logs'>): KnownStream {
  getGroup(scope, group, ports)
  const found = listStreams(scope, group, ports).find((stream) => stream.name === name)
  if (!found) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.')
  return found
}

function writtenGroup(scope: Scope, name: string, { logs }: Pick<Ports, 'logs'>): LogGroupRecord {
  return { name, createdAt: Math.min(...logs.streams(scope, name).map(({ creationTime }) => creationTime)), tags: {} }
}
