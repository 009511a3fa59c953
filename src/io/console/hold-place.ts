import type { ServerResponse } from 'node:http'

/** A place in the network that is open for as long as somebody is there. */
export interface HeldPlace {
  /** How to get in. */
  readonly shown: object
  /** Resolves once it is gone. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

/** Answers how to get in, and goes on answering until the place is gone. Whoever asked leaves by hanging up: then it is closed. */
export function holdPlace(response: ServerResponse, place: HeldPlace): void {
  const leave = () => void place.close()
  if (response.destroyed) {
    leave()
    return
  }
  response.once('close', leave)
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.write(`${JSON.stringify(place.shown)}\n`)
  place.ended.then(() => response.end())
}
