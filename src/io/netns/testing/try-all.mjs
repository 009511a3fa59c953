// Tries connections from inside a namespace: `node try-all.mjs CONTROL PROBES`, both JSON. Prints what came of each.
// What has said nothing when a connection that was made later has been answered, and some more time has passed, says nothing.
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'

const MORE_MS = 700
const OUTCOMES = {
  ECONNREFUSED: 'refused',
  ENETUNREACH: 'unreachable',
  EHOSTUNREACH: 'unreachable',
}

const control = JSON.parse(process.argv[2])
const probes = JSON.parse(process.argv[3])

const outcomes = probes.map(() => 'timeout')
const tries = probes.map((probe, index) =>
  (probe.protocol === 'udp' ? tryDatagram : tryConnection)(probe).then((outcome) => {
    outcomes[index] = outcome
  }),
)
const everythingSaid = Promise.all(tries)
const givenUp = tryConnection(control).then((outcome) => {
  if (outcome !== 'open') throw new Error(`the control connection is ${outcome}`)
  return new Promise((resolve) => setTimeout(resolve, MORE_MS))
})
await Promise.race([everythingSaid, givenUp])
process.stdout.write(JSON.stringify(outcomes), () => process.exit(0))

/** Open means that it came all the way to Postern, which greets. */
function tryConnection({ host, port }) {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    socket.once('data', () => resolve('open'))
    socket.once('end', () => resolve('ended'))
    socket.once('error', ({ code }) => resolve(OUTCOMES[code] ?? code))
  })
}

function tryDatagram({ host, port }) {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('message', () => resolve('open'))
    socket.once('error', ({ code }) => resolve(OUTCOMES[code] ?? code))
    // Only a connected socket hears that it was refused.
    socket.connect(port, host, (error) => {
      if (error) resolve(OUTCOMES[error.code] ?? error.code)
      else socket.send('hello', (failed) => failed && resolve(OUTCOMES[failed.code] ?? failed.code))
    })
  })
}
