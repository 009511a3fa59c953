import { createViteServer } from 'vitest/node'

/** The folder of the project, with a slash at its end. */
export const root = new URL('..', import.meta.url).pathname

/** Loads TypeScript modules of the project (`ssrLoadModule`), sources and tests alike. */
export function openSourceServer() {
  return createViteServer({
    root,
    configFile: `${root}vitest.config.ts`,
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    logLevel: 'error',
  })
}
