import type { Socket } from 'node:net'

const forwarded = new WeakMap<Socket, string>()

/** Lets a connection that somebody forwarded count as coming from the client's own address. */
export function comesFrom(socket: Socket, address: string): void {
  forwarded.set(socket, address)
}

/** Where the client is. An IPv4 client of a dual-stack socket shows up as `::ffff:127.0.0.1`. */
export function clientAddressOf(socket: Socket): string {
  const address = forwarded.get(socket) ?? socket.remoteAddress ?? ''
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
}
