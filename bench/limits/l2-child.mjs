import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { frame, frames } from './frames.mjs'

const [, , path, handlerFile] = process.argv
const handler = createRequire(import.meta.url)(handlerFile).getEntities
const socket = connect(path)
frames(socket, async (event) => socket.write(frame(await handler(event))))
