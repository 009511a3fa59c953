import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatAddress } from '#core/net/cidr.ts'
import type { Surface } from '#core/net/surface.ts'
import { shipped } from '#kit/package-root.ts'
import { whyNot } from './availability.ts'
import { type Connection, openConnections } from './connections.ts'
import { layOutEtc } from './etc.ts'
import { enterArguments, type Privilege, privileges, unshareArguments } from './privilege.ts'
import { type Relay, talkTo } from './relay.ts'
import { changeFrom, wire } from './rules.ts'

export interface NamespaceOptions {
  readonly surface: Surface
  /** What its `resolv.conf` names, in order. */
  readonly resolvers: readonly number[]
  /** A domain that names without dots are tried in. */
  readonly search?: string
  /** Gets every connection that the surface lets through. */
  readonly connected: (connection: Connection) => void
  /** How it is made: unless named, the best that this machine lets us. */
  readonly as?: Privilege
}

/** A network namespace of this machine that behaves as a surface says. Any number of programs may run in it. */
export interface Namespace {
  /** The command line that runs another one inside, in this folder. Exit code, signals and terminal are the command's own. */
  enter(command: readonly string[], folder?: string): readonly string[]
  /**
   * Lets what runs inside see another surface from now on; one that has ended stays as it is. Connections that are open and no longer
   * could be go silent.
   */
  change(surface: Surface): Promise<void>
  /** Ends whatever still runs inside; resolves when nothing is left. */
  close(): Promise<void>
  /** Resolves once the namespace is gone, by `close` or by an accident. */
  readonly ended: Promise<void>
}

const NO_SURFACE = { open: [], areas: [] }

/**
 * Makes a namespace, as root or with a user namespace of its own. It lives as long as this process at most.
 *
 * @throws NoNamespaces where this machine does not let us, with what to do about it
 */
export async function openNamespace(options: NamespaceOptions): Promise<Namespace> {
  const [first, ...others] = options.as ? [options.as] : privileges()
  try {
    return await openWith(first, options)
  } catch (error) {
    for (const other of others) {
      try {
        return await openWith(other, options)
      } catch {
        // The first failure says more: it is that of the way that leaves more as it is.
      }
    }
    throw await whyNot(error)
  }
}

async function openWith(privilege: Privilege, { surface, resolvers, search, connected }: NamespaceOptions): Promise<Namespace> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-net-'))
  layOutEtc(join(folder, 'etc'), { resolvers: resolvers.map(formatAddress), ...(search !== undefined && { search }) })
  const connections = await openConnections(join(folder, 'relay.sock'), connected)
  const child = startRelay(privilege, folder, `ip-${formatAddress(surface.own).replaceAll('.', '-')}`)
  const ended = once(async () => {
    await connections.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const life = { over: false }
  const gone = new Promise<void>((resolve) =>
    child.once('close', () => {
      life.over = true
      resolve(ended())
    }),
  )
  let relay: Relay
  try {
    relay = await talkTo(child)
    const first = changeFrom(NO_SURFACE, surface)
    const { inside, outside } = wire(surface.own)
    await relay.change({ ...first, inside: [...inside, ...first.inside], outside: [...outside, ...first.outside] })
  } catch (error) {
    child.stdin?.destroy()
    await gone
    throw error
  }
  return namespaceOf(privilege, relay, surface, gone, life)
}

function namespaceOf(
  privilege: Privilege,
  relay: Relay,
  first: Surface,
  ended: Promise<void>,
  life: { readonly over: boolean },
): Namespace {
  let shown: Pick<Surface, 'open' | 'areas'> = first
  let changing = Promise.resolve()
  return {
    enter: (command, folder = process.cwd()) => enterArguments(privilege, relay.pid, folder, command),
    change(surface) {
      // One after the other: each is the difference to the one before.
      const change = changing.then(async () => {
        if (life.over) return
        try {
          await relay.change(changeFrom(shown, surface))
          shown = surface
        } catch (error) {
          if (!life.over) throw error
        }
      })
      changing = change.catch(() => {})
      return change
    },
    async close() {
      relay.end()
      await ended
    },
    ended,
  }
}

function startRelay(privilege: Privilege, folder: string, hostname: string): ChildProcess {
  const open = ['sh', shipped('runtimes/netns/open.sh'), folder, hostname, process.execPath, shipped('runtimes/netns/relay.mjs')]
  return spawn('unshare', [...unshareArguments(privilege), '--', ...open], {
    stdio: 'pipe',
    // Of a group of its own: Ctrl-C in a terminal is for the command.
    detached: true,
    env: { PATH: process.env['PATH'] },
  })
}

function once<T>(run: () => T): () => T {
  let done: { readonly value: T } | undefined
  return () => {
    done ??= { value: run() }
    return done.value
  }
}
