/** One JSON value behind its length in four bytes. */
export function frame(value) {
  const body = Buffer.from(JSON.stringify(value))
  const whole = Buffer.allocUnsafe(4 + body.length)
  whole.writeUInt32BE(body.length, 0)
  body.copy(whole, 4)
  return whole
}

/** Calls `take` with each value that arrives. */
export function frames(socket, take) {
  let held = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    while (held.length >= 4 && held.length >= 4 + held.readUInt32BE(0)) {
      const end = 4 + held.readUInt32BE(0)
      take(JSON.parse(held.toString('utf8', 4, end)))
      held = held.subarray(end)
    }
  })
}
