import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { endpointCertificateNames, loopbackCertificateNames } from '#core/net/certificate-names.ts'
import { openAuthority } from './authority.ts'

const YEAR = 365 * 86_400_000
const NAMES = [...endpointCertificateNames('eu-central-1'), ...loopbackCertificateNames('eu-central-1')]
const API = '387htn8fpb.execute-api.eu-central-1.amazonaws.com'
const hasOpenssl = spawnSync('openssl', ['version']).status === 0

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-ca-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const modeOf = (name: string) => statSync(join(folder, name)).mode & 0o777

describe('the authority of a data directory', () => {
  it('is made when it is first asked for, with a key that its owner alone reads', async () => {
    const authority = openAuthority(folder)
    expect(readdirSync(folder)).toEqual([])
    const { pem, path } = await authority.certificate()
    expect(path).toBe(join(folder, 'ca.pem'))
    expect(readFileSync(path, 'utf8')).toBe(pem)
    expect(pem).not.toContain('PRIVATE KEY')
    expect(readdirSync(folder).sort()).toEqual(['ca-key.pem', 'ca.pem'])
    expect(modeOf('ca-key.pem')).toBe(0o600)
  })

  it('is the same after a restart, and its certificate comes back when it is lost', async () => {
    const { pem, path } = await openAuthority(folder).certificate()
    rmSync(path)
    chmodSync(join(folder, 'ca-key.pem'), 0o644)
    expect(await openAuthority(folder).certificate()).toEqual({ pem, path })
    expect(readFileSync(path, 'utf8')).toBe(pem)
    expect(modeOf('ca-key.pem')).toBe(0o600)
  })

  it('is one, however many make it at a time', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => openAuthority(folder).certificate()))
    expect(new Set(all.map(({ pem }) => pem)).size).toBe(1)
    expect(readdirSync(folder).sort()).toEqual(['ca-key.pem', 'ca.pem'])
  })

  it('keeps its key in memory where nothing is kept', async () => {
    const { pem } = await openAuthority(folder, { ephemeral: true }).certificate()
    expect(readdirSync(folder)).toEqual(['ca.pem'])
    expect((await openAuthority(folder, { ephemeral: true }).certificate()).pem).not.toBe(pem)
  })

  it.each([
    ['nothing in it', () => '', 'does not have a key and a certificate'],
    ['half of it', (text: string) => text.slice(0, text.length / 2), 'does not have a key and a certificate'],
    ['other bytes in it', (text: string) => text.replace(/(BEGIN CERTIFICATE-----\n.{8})..../, '$1AAAA'), 'is damaged'],
  ])('is not replaced by another when its file has %s', async (_, damage, said) => {
    await openAuthority(folder).certificate()
    const file = join(folder, 'ca-key.pem')
    const damaged = damage(readFileSync(file, 'utf8'))
    writeFileSync(file, damaged)
    const authority = openAuthority(folder)
    await expect(authority.certificate()).rejects.toThrow(said)
    await expect(authority.for(NAMES)).rejects.toThrow(said)
    expect(readFileSync(file, 'utf8')).toBe(damaged)
  })

  it('is not replaced by another when its key is that of another', async () => {
    await openAuthority(folder).certificate()
    const file = join(folder, 'ca-key.pem')
    const first = readFileSync(file, 'utf8')
    rmSync(file)
    await openAuthority(folder).certificate()
    const [key] = /^[\s\S]*END PRIVATE KEY-----\n/.exec(readFileSync(file, 'utf8')) ?? []
    writeFileSync(file, first.replace(/^[\s\S]*END PRIVATE KEY-----\n/, key ?? ''))
    await expect(openAuthority(folder).certificate()).rejects.toThrow('the key is not that of the certificate')
  })

  it('says so when it has expired', async () => {
    await openAuthority(folder, { now: () => Date.now() - 11 * YEAR }).certificate()
    await expect(openAuthority(folder).certificate()).rejects.toThrow(/ca-key\.pem` expired at \d{4}-/)
  })

  it('signs for no authority, and for as long as ten years', async () => {
    const certificate = new X509Certificate((await openAuthority(folder).certificate()).pem)
    expect(certificate.ca).toBe(true)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(Date.parse(certificate.validTo) - Date.now()).toBeGreaterThan(9 * YEAR)
    expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' })
  })
})

describe('certificates of servers', () => {
  it('have the names they were asked for, the first as subject, and a key of their own', async () => {
    const authority = openAuthority(folder)
    const issued = await authority.for(NAMES)
    const certificate = new X509Certificate(issued.cert)
    expect(certificate.subject).toBe('CN=*.execute-api.eu-central-1.amazonaws.com')
    expect(certificate.subjectAltName).toBe(
      [
        'DNS:*.execute-api.eu-central-1.amazonaws.com',
        'DNS:*.execute-api.eu-central-1.vpce.amazonaws.com',
        'DNS:*.execute-api.eu-central-1.localhost',
        'DNS:*.execute-api.eu-central-1.amazonaws.com.localhost',
        'DNS:localhost',
        'IP Address:127.0.0.1',
        'IP Address:0:0:0:0:0:0:0:1',
      ].join(', '),
    )
    expect(certificate.ca).toBe(false)
    expect(certificate.checkIssued(new X509Certificate((await authority.certificate()).pem))).toBe(true)
    expect(readFileSync(join(folder, 'ca-key.pem'), 'utf8')).not.toContain(issued.key)
    expect(Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)).toBeLessThan(825 * 86_400_000)
  })

  it.each([
    [API, true],
    ['387htn8fpb-vpce-0f352f0058d8f1867.execute-api.eu-central-1.amazonaws.com', true],
    ['vpce-0f352f0058d8f1867-abcdefgh.execute-api.eu-central-1.vpce.amazonaws.com', true],
    ['vpce-0f352f0058d8f1867-abcdefgh-eu-central-1a.execute-api.eu-central-1.vpce.amazonaws.com', true],
    ['387htn8fpb.execute-api.eu-central-1.localhost', true],
    ['localhost', true],
    ['execute-api.eu-central-1.amazonaws.com', false],
    ['387htn8fpb.execute-api.us-east-1.amazonaws.com', false],
    ['a.b.execute-api.eu-central-1.amazonaws.com', false],
    ['387htn8fpb.execute-api.eu-central-1.amazonaws.com.example.com', false],
    ['amazonaws.com', false],
    ['api.example.com', false],
  ])('of endpoints, asked for `%s`: covered %s', async (name, covered) => {
    const { cert } = await openAuthority(folder, { ephemeral: true }).for(NAMES)
    expect(new X509Certificate(cert).checkHost(name) !== undefined).toBe(covered)
  })

  it('outlive no authority', async () => {
    const authority = openAuthority(folder, { now: () => Date.now() - 9.5 * YEAR })
    const { pem } = await authority.certificate()
    const { cert } = await openAuthority(folder).for(NAMES)
    expect(new X509Certificate(cert).validTo).toBe(new X509Certificate(pem).validTo)
  })

  it('are made once for the same names, and of many the newest are kept', async () => {
    const authority = openAuthority(folder)
    const [one, same] = await Promise.all([authority.for(NAMES), authority.for(NAMES)])
    expect(same).toBe(one)
    for (let index = 0; index < 63; index += 1) await authority.for([`a${index}.example.com`])
    expect(await authority.for(NAMES)).toBe(one)
    const [old] = [await authority.for(['a0.example.com'])]
    for (let index = 0; index < 64; index += 1) await authority.for([`b${index}.example.com`])
    expect(await authority.for(['a0.example.com'])).not.toBe(old)
  })

  it.each([
    ['names too long for a subject', [`${'a'.repeat(60)}.example.com`]],
    ['an address alone', ['10.0.1.57']],
  ])('can have %s', async (_, names) => {
    const certificate = new X509Certificate((await openAuthority(folder).for(names)).cert)
    const [name = ''] = names
    expect(certificate.checkHost(name) ?? certificate.checkIP(name)).toBe(name)
  })

  // Skipped where there is no openssl.
  it.skipIf(!hasOpenssl)('satisfy `openssl verify -x509_strict`, for their names only', async () => {
    const authority = openAuthority(folder)
    const { path } = await authority.certificate()
    const leaf = join(folder, 'leaf.pem')
    const verify = (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(
        'openssl',
        ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', path, ...args, leaf],
        { encoding: 'utf8' },
      )
      return { status, said: stdout + stderr }
    }
    for (const names of [NAMES, ['10.0.1.57'], [`${'a'.repeat(60)}.example.com`]]) {
      writeFileSync(leaf, (await authority.for(names)).cert)
      expect(verify()).toEqual({ status: 0, said: `${leaf}: OK\n` })
    }
    writeFileSync(leaf, (await authority.for(NAMES)).cert)
    expect(verify('-verify_hostname', API).status).toBe(0)
    expect(verify('-verify_ip', '127.0.0.1').status).toBe(0)
    expect(verify('-verify_ip', '::1').status).toBe(0)
    for (const name of ['execute-api.eu-central-1.amazonaws.com', '387htn8fpb.execute-api.us-east-1.amazonaws.com'])
      expect(verify('-verify_hostname', name)).toMatchObject({ status: 2, said: expect.stringContaining('hostname mismatch') })
  })
})
