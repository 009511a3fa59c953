import { issue } from './issue.ts'
import { keptAuthority } from './kept-authority.ts'
import type { KeyAndCertificate } from './key-and-certificate.ts'
import { makeAuthority } from './make-authority.ts'
import { publishCertificate } from './publish-certificate.ts'

/** The local certificate authority: whoever trusts its certificate trusts every server that Postern plays. */
export interface Authority {
  /** The certificate as PEM, and the file that has it. Made when it is first asked for. */
  certificate(): Promise<AuthorityCertificate>
  /**
   * Key and certificate of a server with these names and addresses. One for the same names is made once; of more than `KEPT` the one is
   * forgotten that was not asked for longest.
   */
  for(names: readonly string[]): Promise<KeyAndCertificate>
}

export interface AuthorityCertificate {
  readonly pem: string
  readonly path: string
}

/** Nobody's machine plays more regions and names at a time, and a client that thinks up names fills no memory. */
const KEPT = 64

/** The authority of a directory. `ephemeral`: its key is in memory only. Nothing is read or made before it is needed. */
export function openAuthority(
  directory: string,
  { ephemeral = false, now = Date.now }: { ephemeral?: boolean; now?: () => number } = {},
): Authority {
  const authority = once(async () => {
    const own = ephemeral ? await makeAuthority(now()) : await keptAuthority(directory, now)
    return { ...own, path: publishCertificate(directory, own.cert) }
  })
  const issued = new Map<string, Promise<KeyAndCertificate>>()
  return {
    async certificate() {
      const { cert, path } = await authority()
      return { pem: cert, path }
    },
    for(names) {
      const key = names.join(' ')
      const certificate = issued.get(key) ?? authority().then((own) => issue(own, names, now()))
      // Newest last.
      issued.delete(key)
      issued.set(key, certificate)
      certificate.catch(() => issued.delete(key))
      for (const oldest of issued.keys()) {
        if (issued.size <= KEPT) break
        issued.delete(oldest)
      }
      return certificate
    },
  }
}

/** Does it once, unless it failed: then the next who asks has it done again. */
function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined
  return () => {
    made ??= make().catch((error) => {
      made = undefined
      throw error
    })
    return made
  }
}
