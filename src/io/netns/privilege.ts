/** How namespaces are made: as root, or in a user namespace in which one is root. */
export type Privilege = 'root' | 'user'

/** Those worth trying, the better first: as root nothing else changes, and in some containers root may only do what everybody may. */
export function privileges(): readonly [Privilege, ...Privilege[]] {
  return process.geteuid?.() === 0 ? ['root', 'user'] : ['user']
}

export function unshareArguments(privilege: Privilege): readonly string[] {
  return [...(privilege === 'user' ? ['--user', '--map-root-user'] : []), '--net', '--mount', '--uts']
}

/** A shell enters the folder: whoever changes the mount namespace is taken to its root. */
const IN_FOLDER = 'cd "$1" && shift && exec "$@"'

/**
 * Enters the namespaces that `open.sh` holds open in the process. In a user namespace, the command gets one more, where it is who it is
 * outside and has no rights over the network.
 */
export function enterArguments(
  privilege: Privilege,
  pid: number,
  folder: string,
  command: readonly string[],
): readonly [string, ...string[]] {
  const namespaces = [`--net=/proc/${pid}/fd/7`, `--mount=/proc/${pid}/fd/8`, `--uts=/proc/${pid}/fd/9`]
  const inFolder = ['sh', '-c', IN_FOLDER, 'sh', folder]
  if (privilege === 'root') return ['nsenter', ...namespaces, '--', ...inFolder, ...command]
  const asOutside = ['unshare', '--user', `--map-user=${process.geteuid?.()}`, `--map-group=${process.getegid?.()}`, '--']
  const user = [`--user=/proc/${pid}/ns/user`, '--preserve-credentials']
  return ['nsenter', ...user, ...namespaces, '--', ...asOutside, ...inFolder, ...command]
}
