import { createPrivateKey, X509Certificate } from 'node:crypto'
import { chmodSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyAndCertificate } from './key-and-certificate.ts'
import { makeAuthority } from './make-authority.ts'
import { putFile } from './put-file.ts'

/** The file of an authority is there and cannot be used. Nothing takes its place: somebody may trust the certificate in it. */
export class AuthorityUnusable extends Error {
  override readonly name = 'AuthorityUnusable'
}

/** In one file, so that no interruption leaves a key beside a certificate that it does not fit. */
const FILE = 'ca-key.pem'

/**
 * Reads the authority that the directory keeps, or makes it there, readable by the directory's owner only. Of several processes that make
 * it at a time, all get that of the first.
 *
 * @throws AuthorityUnusable
 */
export async function keptAuthority(directory: string, now: () => number): Promise<KeyAndCertificate> {
  const file = join(directory, FILE)
  const kept = read(file, now())
  if (kept) return kept
  const made = await makeAuthority(now())
  putFile(file, made.key + made.cert, { mode: 0o600, replace: false })
  return read(file, now()) ?? made
}

function read(file: string, now: number): KeyAndCertificate | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600)
  const [key] = /-----BEGIN PRIVATE KEY-----[\s\S]*?-----END PRIVATE KEY-----\n/.exec(text) ?? []
  const [cert] = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----\n/.exec(text) ?? []
  if (key === undefined || cert === undefined) throw new AuthorityUnusable(`\`${file}\` does not have a key and a certificate`)
  let expiry: number
  try {
    const certificate = new X509Certificate(cert)
    if (!certificate.checkPrivateKey(createPrivateKey(key))) throw new Error('the key is not that of the certificate')
    expiry = Date.parse(certificate.validTo)
  } catch (error) {
    throw new AuthorityUnusable(`\`${file}\` is damaged: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
  if (expiry <= now) throw new AuthorityUnusable(`the certificate in \`${file}\` expired at ${new Date(expiry).toISOString()}`)
  return { key, cert }
}
