// Opens a namespace by the pieces that are shipped, as Postern does, runs a command in it, says where, and waits to be killed.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const shipped = (name) => fileURLToPath(new URL(`../../../../runtimes/netns/${name}`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'postern-net-'))
for (const name of ['etc', 'empty']) mkdirSync(join(folder, name))
writeFileSync(join(folder, 'etc/resolv.conf'), '')
const user = process.argv[2] === 'root' ? [] : ['--user', '--map-root-user']
const open = ['sh', shipped('open.sh'), folder, 'machine', process.execPath, shipped('relay.mjs')]
const relay = spawn('unshare', [...user, '--net', '--mount', '--uts', '--', ...open], {
  stdio: ['pipe', 'pipe', 'inherit'],
  detached: true,
})
relay.stdout.once('data', (said) => {
  const inside = JSON.parse(said).ready
  const enter = [
    ...(user.length > 0 ? [`--user=/proc/${relay.pid}/ns/user`, '--preserve-credentials'] : []),
    `--net=/proc/${relay.pid}/fd/7`,
  ]
  const child = spawn('nsenter', [...enter, '--', 'sh', '-c', 'echo; exec sleep 1000'], { stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.once('data', () => console.log(JSON.stringify({ inside, folder })))
})
setInterval(() => {}, 1_000)
