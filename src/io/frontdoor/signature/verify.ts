import type { AwsError } from '#core/aws/aws-error.ts'
import type { Credentials } from '#kit/ports.ts'
import type { WireRequest } from '../exchange.ts'
import type { Authorization, Credential } from './credential.ts'
import { type Failure, refusalOf } from './refusals.ts'
import { sameSignature, sha256, signaturesOf } from './sign.ts'

export interface Secrets {
  readonly credentials: Pick<Credentials, 'find'>
  /** The secret of every access key that Postern did not give out. */
  readonly secretAccessKey: string
}

const MINUTES = 60_000

/** Checks who signed the request, and when. Throws AWS's refusal; answers the credential and its secret. */
export function verifySignature(
  request: WireRequest,
  authorization: Authorization,
  secrets: Secrets,
  now: number,
  style: string,
): { credential: Credential; secretAccessKey: string } {
  const refuse = (failure: Failure): AwsError => refusalOf(failure, style)
  if (authorization.kind === 'unsigned') throw refuse({ kind: 'unsigned' })
  if (authorization.kind === 'incomplete') throw refuse({ kind: 'incomplete', message: authorization.message })
  const { credential } = authorization
  const secretAccessKey = secretOf(request, credential, secrets)
  if (secretAccessKey === undefined) throw refuse({ kind: 'unknown key', accessKeyId: credential.accessKeyId })
  const date = dateOf(request, credential)
  if (!date)
    throw refuse({
      kind: 'incomplete',
      message: `Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.`,
    })
  const untimely = timeliness(request, credential, date, now)
  if (untimely) throw refuse(untimely)
  const payloadHash = payloadHashOf(request, credential)
  const expected = signaturesOf(request, credential, secretAccessKey, { date, payloadHash })
  if (!expected.some((one) => sameSignature(one, credential.signature))) throw refuse({ kind: 'mismatch' })
  if (/^[0-9a-f]{64}$/.test(payloadHash) && payloadHash !== sha256(request.body)) throw refuse({ kind: 'other payload' })
  return { credential, secretAccessKey }
}

function secretOf(request: WireRequest, credential: Credential, { credentials, secretAccessKey }: Secrets): string | undefined {
  const issued = credentials.find(credential.accessKeyId)
  // Keys of sessions begin with ASIA; such a key is good only while Postern knows it.
  if (!issued) return credential.accessKeyId.startsWith('ASIA') ? undefined : secretAccessKey
  const token = parameter(request, credential, 'x-amz-security-token')
  return issued.sessionToken === undefined || issued.sessionToken === token ? issued.secretAccessKey : undefined
}

function parameter({ headers, query }: WireRequest, { where }: Credential, name: string): string | undefined {
  if (where === 'header') return headers[name]
  return query.find(([key]) => key.toLowerCase() === name)?.[1]
}

/** The time of signing as it stands in the string to sign, `YYYYMMDDTHHMMSSZ`. */
function dateOf(request: WireRequest, credential: Credential): string | undefined {
  const date = parameter(request, credential, 'x-amz-date')
  if (date) return /^\d{8}T\d{6}Z$/.test(date) ? date : undefined
  const plain = Date.parse(request.headers['date'] ?? '')
  return Number.isNaN(plain) ? undefined : basicDate(plain)
}

function basicDate(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

function timeliness(request: WireRequest, credential: Credential, date: string, now: number): Failure | undefined {
  const signedAt = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  const [limit, minutes] = [basicDate(now), credential.service === 's3' ? 15 : 5]
  if (credential.where === 'query') {
    const expires = Number(parameter(request, credential, 'x-amz-expires') ?? 900)
    return signedAt + expires * 1000 < now ? { kind: 'expired link' } : undefined
  }
  if (signedAt < now - minutes * MINUTES) {
    const earliest = basicDate(now - minutes * MINUTES)
    return { kind: 'skewed', message: `Signature expired: ${date} is now earlier than ${earliest} (${limit} - ${minutes} min.)` }
  }
  if (signedAt > now + minutes * MINUTES) {
    const latest = basicDate(now + minutes * MINUTES)
    return {
      kind: 'skewed',
      message: `Signature not yet current: ${date} is still later than ${latest} (${limit} + ${minutes} min.)`,
    }
  }
  return undefined
}

/** The hash that was signed: a promise about the body, or a word that says that there is none. */
function payloadHashOf(request: WireRequest, credential: Credential): string {
  const said = parameter(request, credential, 'x-amz-content-sha256') ?? request.headers['x-amz-content-sha256']
  if (said !== undefined) return said
  return credential.where === 'query' && credential.service === 's3' ? 'UNSIGNED-PAYLOAD' : sha256(request.body)
}
