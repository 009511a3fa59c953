// Ends every process in a network namespace. Called by name, it is given the namespace: `node end-processes.mjs 'net:[4026532180]'`.
import { readdirSync, readlinkSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** More than a process that forks as fast as it can gets ahead. */
const ROUNDS = 100

export function endProcesses(namespace) {
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = processesIn(namespace)
    if (found.length === 0) return
    for (const pid of found) kill(pid)
  }
}

function processesIn(namespace) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && namespaceOf(name) === namespace)
}

/** Nothing for what has ended meanwhile, and for what belongs to others. */
function namespaceOf(pid) {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`)
  } catch {
    return undefined
  }
}

function kill(pid) {
  try {
    process.kill(Number(pid), 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) endProcesses(process.argv[2])
