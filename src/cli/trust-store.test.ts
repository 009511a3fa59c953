import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AuthorityCertificate, openAuthority } from '#io/tls/authority.ts'
import { certificateFolder, fingerprintOf } from './trust-store.ts'

const UPDATE = '/usr/sbin/update-ca-certificates'

let root: string
let certificate: AuthorityCertificate
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'postern-trust-'))
  for (const folder of ['local', 'etc', 'hooks', 'shipped', 'data', 'other']) mkdirSync(join(root, folder))
  // The system trusts another authority, as each does: without any, the script leaves the bundle as it is.
  writeFileSync(join(root, 'conf'), 'other.crt\n')
  writeFileSync(join(root, 'shipped/other.crt'), (await openAuthority(join(root, 'other')).certificate()).pem)
  certificate = await openAuthority(join(root, 'data')).certificate()
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const at = (...names: string[]) => join(root, ...names)
const fileName = () => `postern-${fingerprintOf(certificate.pem).slice(0, 16)}.crt`

describe('a folder of certificates', () => {
  // Skipped where the system is none of Debian's kind.
  it.skipIf(!existsSync(UPDATE))('is what Debian makes of it: in the bundle once installed, and out of it once removed', () => {
    const folders = [
      '--localcertsdir',
      at('local'),
      '--etccertsdir',
      at('etc'),
      '--hooksdir',
      at('hooks'),
      '--certsdir',
      at('shipped'),
    ]
    const store = certificateFolder(at('local'), [UPDATE, ...folders, '--certsconf', at('conf')])
    const bundle = () => readFileSync(at('etc', 'ca-certificates.crt'), 'utf8')

    expect(store.remove(certificate)).toBeUndefined()
    expect(store.install(certificate)).toBe(at('local', fileName()))
    expect(bundle()).toContain(certificate.pem.trim())
    expect(store.install(certificate)).toBe(at('local', fileName()))
    expect(bundle().match(/BEGIN CERTIFICATE/g)).toHaveLength(2)

    expect(store.remove(certificate)).toBe(at('local', fileName()))
    expect(bundle()).toBe(readFileSync(at('shipped/other.crt'), 'utf8'))
    expect(readdirSync(at('local'))).toEqual([])
    expect(readdirSync(at('etc')).filter((name) => name.startsWith('postern-'))).toEqual([])
  })

  it('is left as it was when the system takes nothing', () => {
    const store = certificateFolder(at('local'), ['/bin/sh', '-c', 'echo "only root may" >&2; exit 7'])
    expect(() => store.install(certificate)).toThrow(/trust store cannot be changed: .* ended with 7: only root may/)
    expect(readdirSync(at('local'))).toEqual([])
  })

  it('that is not there is no place to install anything', () => {
    const store = certificateFolder(at('nowhere'), ['true'])
    expect(() => store.install(certificate)).toThrow('ENOENT')
  })
})
