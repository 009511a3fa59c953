import { hostname } from 'node:os'
import { exportPrivateKey, newKeys, newSerialNumber, SIGNATURE, validity } from './certificate-parts.ts'
import type { KeyAndCertificate } from './key-and-certificate.ts'
import { x509 } from './x509.ts'

const YEARS = 10

/** A new certificate authority, which may sign for servers and for no other authority. */
export async function makeAuthority(now: number): Promise<KeyAndCertificate> {
  const {
    X509CertificateGenerator,
    BasicConstraintsExtension,
    KeyUsagesExtension,
    KeyUsageFlags,
    SubjectKeyIdentifierExtension,
  } = await x509()
  const keys = await newKeys()
  const serialNumber = newSerialNumber()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber,
    // Part of the serial number is in the name: a machine may know several, and a chain is looked for by name.
    name: [
      { O: ['Postern'] },
      {
        CN: [
          `Postern local CA ${serialNumber.slice(0, 8)} (${hostname()
            .replace(/[^\w.-]/g, '')
            .slice(0, 32)})`,
        ],
      },
    ],
    ...validity(now, YEARS * 365),
    keys,
    signingAlgorithm: SIGNATURE,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { key: await exportPrivateKey(keys.privateKey), cert: `${certificate.toString('pem')}\n` }
}
