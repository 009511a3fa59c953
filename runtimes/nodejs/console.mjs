// `console` as it is in Lambda: each call one event of the log, `time<TAB>request id<TAB>level<TAB>message`.
import { format } from 'node:util'
import { LOG, send } from './channel.mjs'

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']

/** CloudWatch Logs keeps no more of one event. */
const LONGEST_LINE = 262_144

let requestId

/** Names the request that the lines from now on belong to. */
export function logFor(id) {
  requestId = id
}

/** Puts Lambda's functions in place of Node.js's. Lines below `AWS_LAMBDA_LOG_LEVEL` are dropped. */
export function patchConsole() {
  const least = Math.max(LEVELS.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase()), 0)
  for (const [place, level] of LEVELS.entries()) {
    console[level.toLowerCase()] = place >= least || level === 'FATAL' ? (...words) => write(level, words) : () => {}
  }
  console.log = console.info
}

function write(level, words) {
  const now = new Date()
  const line = `${now.toISOString()}\t${requestId}\t${level}\t${format(...words)}`
  send(LOG, { at: now.getTime() }, `${line.slice(0, LONGEST_LINE)}\n`)
}
