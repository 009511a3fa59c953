import { createPrivateKey, webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import { exportPrivateKey, newKeys, newSerialNumber, SIGNATURE, validity } from './certificate-parts.ts'
import type { KeyAndCertificate } from './key-and-certificate.ts'
import { x509 } from './x509.ts'

/** Apple's systems refuse servers whose certificates are valid for longer than 825 days, whoever signed them. */
const DAYS = 397
/** The longest common name: https://datatracker.ietf.org/doc/html/rfc5280#appendix-A.1 */
const LONGEST_NAME = 64

/** A certificate for a server that has these names and addresses, signed by `authority`. The first name is its subject. */
export async function issue(authority: KeyAndCertificate, names: readonly string[], now: number): Promise<KeyAndCertificate> {
  const {
    AuthorityKeyIdentifierExtension,
    BasicConstraintsExtension,
    ExtendedKeyUsage,
    ExtendedKeyUsageExtension,
    KeyUsageFlags,
    KeyUsagesExtension,
    SubjectAlternativeNameExtension,
    SubjectKeyIdentifierExtension,
    X509Certificate: Certificate,
    X509CertificateGenerator,
  } = await x509()
  const issuer = new Certificate(authority.cert)
  const keys = await newKeys()
  const subject = names.find((name) => name.length <= LONGEST_NAME)
  const lifetime = validity(now, DAYS)
  const certificate = await X509CertificateGenerator.create({
    serialNumber: newSerialNumber(),
    subject: subject === undefined ? [] : [{ CN: [subject] }],
    issuer: issuer.subjectName,
    notBefore: lifetime.notBefore,
    notAfter: new Date(Math.min(lifetime.notAfter.getTime(), issuer.notAfter.getTime())),
    publicKey: keys.publicKey,
    signingKey: await signingKey(authority.key),
    signingAlgorithm: SIGNATURE,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value })),
        subject === undefined,
      ),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { key: await exportPrivateKey(keys.privateKey), cert: `${certificate.toString('pem')}\n` }
}

function signingKey(pem: string): Promise<webcrypto.CryptoKey> {
  const bytes = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' })
  return webcrypto.subtle.importKey('pkcs8', bytes, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
}
