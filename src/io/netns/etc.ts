import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Names {
  readonly resolvers: readonly string[]
  readonly search?: string
}

/** Writes the files that take the place of this machine's in `/etc`, so that names are asked of the resolvers alone. */
export function layOutEtc(folder: string, names: Names): void {
  mkdirSync(folder, { recursive: true })
  mkdirSync(join(folder, '../empty'))
  writeFileSync(join(folder, 'resolv.conf'), resolvConf(names))
  const file = '/etc/nsswitch.conf'
  // Where there is none, the C library asks files and DNS by itself.
  if (existsSync(file)) writeFileSync(join(folder, 'nsswitch.conf'), asksDns(readFileSync(file, 'utf8')))
}

export function resolvConf({ resolvers, search }: Names): string {
  return [...(search === undefined ? [] : [`search ${search}`]), ...resolvers.map((at) => `nameserver ${at}`), ''].join('\n')
}

/** Resolvers of the machine outside, such as systemd's, are reached over Unix sockets, which no network namespace keeps apart. */
export function asksDns(nsswitch: string): string {
  const others = nsswitch.split('\n').filter((line) => !/^\s*hosts\s*:/.test(line))
  return [...others.filter((line, index) => line !== '' || index < others.length - 1), 'hosts: files dns', ''].join('\n')
}
