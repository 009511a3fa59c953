import { X509Certificate } from 'node:crypto'
import { type AuthorityOptions, authorityOf } from '../authority-of.ts'
import { CommandFailed, EXIT } from '../exit.ts'
import { print, printJson, say } from '../terminal.ts'
import { fingerprintOf, systemTrustStore, type TrustStore } from '../trust-store.ts'

export type CaAction = 'print' | 'path' | 'install' | 'remove'

export async function ca(action: CaAction, options: AuthorityOptions & { json?: boolean }): Promise<number> {
  // What cannot be done is said before anything is made for it.
  const store = action === 'install' || action === 'remove' ? trustStore() : undefined
  const certificate = await authorityOf(options)
  const { pem, path } = certificate
  const told = { path, sha256: fingerprintOf(pem), expires: new Date(new X509Certificate(pem).validTo).toISOString() }
  if (store === undefined) {
    if (options.json) printJson({ ...told, pem })
    else if (action === 'path') print(path)
    else process.stdout.write(pem)
  } else if (action === 'install') {
    const installed = store.install(certificate)
    if (options.json) printJson({ ...told, installed })
    else {
      print(`this system trusts Postern's endpoints now: ${installed}`)
      say(`programs with a trust store of their own do not read it; for Node.js: NODE_EXTRA_CA_CERTS=${path}`)
    }
  } else {
    const removed = store.remove(certificate)
    if (options.json) printJson({ ...told, removed: removed ?? null })
    else print(removed === undefined ? 'it is not in the trust store of this system' : `removed: ${removed}`)
  }
  return EXIT.ok
}

function trustStore(): TrustStore {
  const store = systemTrustStore()
  if (store) return store
  throw new CommandFailed(`Postern knows no trust store of this system (${process.platform})`, {
    exitCode: EXIT.cannotRun,
    mend: 'give clients the file that `postern ca path` names, or add it by hand',
  })
}
