import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { type Privilege, privileges, unshareArguments } from './privilege.ts'

/** Whether this machine lets us make namespaces, and what to do where it does not. */
export type Availability =
  | { readonly available: true; readonly as: Privilege }
  | { readonly available: false; readonly because: string; readonly mend: string }

/** There are no namespaces here. */
export class NoNamespaces extends Error {
  readonly mend: string

  constructor({ because, mend }: { because: string; mend: string }, cause?: unknown) {
    super(because, { cause })
    this.name = 'NoNamespaces'
    this.mend = mend
  }
}

/** All that `open.sh` and the relay need of the machine, in one go. */
const TRIAL = `set -e
mount --bind /dev/null /etc/resolv.conf
exec 7</proc/self/ns/net
exec unshare --net sh -ec 'ip link add wire type veth peer name eth0 netns /proc/self/fd/7
ip rule add pref 100 to 192.0.2.1 ipproto tcp dport 443-443 lookup local
nsenter --net=/proc/self/fd/7 ip link show eth0'`

export function namespaceAvailability(): Availability {
  if (process.platform !== 'linux') {
    return {
      available: false,
      because: `network namespaces are Linux's; this is ${process.platform}`,
      mend: 'run Postern and the command in a Linux container or virtual machine',
    }
  }
  const missing = missingTool()
  if (missing) return missing
  const failures: string[] = []
  for (const as of privileges()) {
    const failure = failureAs(as)
    if (failure === undefined) return { available: true, as }
    failures.push(failure)
  }
  return refused(failures.join('; '))
}

/** What stands against making namespaces this way, in the words of the tool that could not; nothing where they work. */
export function failureAs(privilege: Privilege): string | undefined {
  const { status, stderr, error } = spawnSync('unshare', [...unshareArguments(privilege), '--', 'sh', '-c', TRIAL], {
    encoding: 'utf8',
  })
  if (status === 0) return undefined
  return error?.message ?? stderr.trim()
}

/** What made a namespace fail, as something that a person can act on. */
export async function whyNot(error: unknown): Promise<unknown> {
  const availability = namespaceAvailability()
  // The machine is able to: then it is something else, and says so itself.
  return availability.available ? error : new NoNamespaces(availability, error)
}

const TOOLS = { unshare: 'util-linux', nsenter: 'util-linux', ip: 'iproute2', mount: 'mount (or util-linux)' }

function missingTool(): Availability | undefined {
  const missing = Object.entries(TOOLS).filter(([tool]) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error)
  if (missing.length === 0) return undefined
  const packages = [...new Set(missing.map(([, name]) => name))].join(', ')
  return {
    available: false,
    because: `not found: ${missing.map(([tool]) => `\`${tool}\``).join(', ')}`,
    mend: `install ${packages} with your package manager`,
  }
}

/** Settings that keep users from having namespaces, each with the value that does. */
const SETTINGS: readonly { readonly name: string; readonly closed: string; readonly open: string }[] = [
  // Ubuntu 23.10 and later: https://ubuntu.com/blog/ubuntu-23-10-restricted-unprivileged-user-namespaces
  { name: 'kernel.apparmor_restrict_unprivileged_userns', closed: '1', open: '0' },
  // Debian's own, before version 11.
  { name: 'kernel.unprivileged_userns_clone', closed: '0', open: '1' },
  { name: 'user.max_user_namespaces', closed: '0', open: '10000' },
]

function refused(said: string): Availability {
  const closing = SETTINGS.find(({ name, closed }) => setting(name) === closed)
  return {
    available: false,
    because: closing ? `\`${closing.name}\` is ${closing.closed}: ${said}` : said,
    mend: closing
      ? `run \`sudo sysctl -w ${closing.name}=${closing.open}\`, or run Postern as root`
      : 'run Postern as root; in a container, give that `--privileged`, or `--cap-add SYS_ADMIN --cap-add NET_ADMIN` with a seccomp profile that allows `unshare` and `setns`',
  }
}

function setting(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').trim()
  } catch {
    // This kernel has no such setting.
    return undefined
  }
}
