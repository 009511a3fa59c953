import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AuthorityCertificate } from '#io/tls/authority.ts'
import { CommandFailed, EXIT } from './exit.ts'

/** Where a system keeps the authorities that its programs trust. */
export interface TrustStore {
  /** Adds the certificate, unless it is there; answers where it is now. */
  install(certificate: AuthorityCertificate): string
  /** Answers where it was, or nothing if it was not there. */
  remove(certificate: AuthorityCertificate): string | undefined
}

/** The trust store of this system, if it has one that a program can change. */
export function systemTrustStore(): TrustStore | undefined {
  if (process.platform === 'darwin') return keychain()
  if (process.platform === 'linux' && existsSync('/usr/sbin/update-ca-certificates')) return certificateFolder()
  return undefined
}

/** Debian's way, and that of what descends from it: `man update-ca-certificates`. */
export function certificateFolder(
  folder = '/usr/local/share/ca-certificates',
  update: readonly string[] = ['/usr/sbin/update-ca-certificates'],
): TrustStore {
  // Programs find it by its name in a folder of all; only files that end so are taken.
  const fileOf = ({ pem }: AuthorityCertificate) => join(folder, `postern-${fingerprintOf(pem).slice(0, 16)}.crt`)
  return {
    install(certificate) {
      const file = fileOf(certificate)
      changing(() => writeFileSync(file, certificate.pem, { mode: 0o644 }))
      try {
        run(update)
      } catch (error) {
        rmSync(file, { force: true })
        throw error
      }
      return file
    },
    remove(certificate) {
      const file = fileOf(certificate)
      if (!existsSync(file)) return undefined
      changing(() => rmSync(file))
      run([...update, '--fresh'])
      return file
    },
  }
}

/** macOS. unverified: written after `man security`, and not tried. */
function keychain(path = '/Library/Keychains/System.keychain'): TrustStore {
  const sha1Of = ({ pem }: AuthorityCertificate) => new X509Certificate(pem).fingerprint.replaceAll(':', '')
  const has = (certificate: AuthorityCertificate) => {
    const { stdout } = spawnSync('security', ['find-certificate', '-a', '-Z', path], { encoding: 'utf8' })
    return (stdout ?? '').includes(sha1Of(certificate))
  }
  return {
    install(certificate) {
      if (!has(certificate)) run(['security', 'add-trusted-cert', '-d', '-r', 'trustRoot', '-k', path, certificate.path])
      return path
    },
    remove(certificate) {
      if (!has(certificate)) return undefined
      run(['security', 'delete-certificate', '-Z', sha1Of(certificate), '-t', path])
      return path
    },
  }
}

/** SHA-256 in hexadecimal digits. */
export function fingerprintOf(pem: string): string {
  return new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase()
}

function changing(change: () => void): void {
  try {
    change()
  } catch (error) {
    throw notChanged(error instanceof Error ? error.message : String(error), error)
  }
}

function run([command = '', ...args]: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
  if (error) throw notChanged(error.message, error)
  if (status !== 0) throw notChanged(`\`${command}\` ended with ${status}: ${(stderr || stdout).trim()}`)
}

function notChanged(why: string, cause?: unknown): CommandFailed {
  return new CommandFailed(`this system's trust store cannot be changed: ${why}`, {
    exitCode: EXIT.cannotRun,
    mend: 'do it as root (`sudo`, with `--data-dir`), or give clients the file that `postern ca path` names',
    cause,
  })
}
