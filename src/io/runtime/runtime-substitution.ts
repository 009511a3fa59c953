/**
 * How the Node.js that runs a function differs from the one its template names, as one sentence; nothing where it does not.
 * Postern runs functions with the Node.js that runs Postern.
 */
export function runtimeSubstitution(runtime: string, running: string = process.versions.node): string | undefined {
  const named = /^nodejs(\d+)\.x$/.exec(runtime)?.[1]
  if (!named || named === running.split('.')[0]) return undefined
  return `\`${runtime}\` runs on Node.js ${running}, the one that Postern runs on`
}

/** The runtime's version for the log: what runs, and what was asked for where that differs. */
export function runtimeVersion(runtime: string, running: string = process.versions.node): string {
  if (!runtime.startsWith('nodejs')) return runtime
  return runtimeSubstitution(runtime, running) ? `nodejs:${running} (in place of ${runtime})` : `nodejs:${running}`
}
