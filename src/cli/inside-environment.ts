/** Where programs of different kinds look for the authorities that they trust. */
const AUTHORITIES = ['SSL_CERT_FILE', 'CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'AWS_CA_BUNDLE', 'REQUESTS_CA_BUNDLE']

/** What leads programs elsewhere than names do: to a proxy, or to Postern by its loopback port. */
const LEADS_ELSEWHERE = /^((https?|all|no|ftp)_proxy|AWS_ENDPOINT_URL(_.*)?|POSTERN_ENDPOINT)$/i

export interface InsideIdentity {
  /** A file with the certificate that everything inside is signed with. */
  readonly authority: string
  readonly region: string
  /** Whose the command is, where somebody named an account: else the credentials of outside go on to count. */
  readonly account?: string
}

/** The variables of a command inside the network: those of outside, without what would lead it around the network. */
export function insideEnvironment(
  outside: Readonly<Record<string, string | undefined>>,
  { authority, region, account }: InsideIdentity,
): Readonly<Record<string, string | undefined>> {
  const kept = Object.entries(outside).filter(([name]) => !LEADS_ELSEWHERE.test(name))
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(AUTHORITIES.map((name) => [name, authority])),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...(account !== undefined && { AWS_ACCESS_KEY_ID: account, AWS_SECRET_ACCESS_KEY: 'test', AWS_SESSION_TOKEN: undefined }),
  }
}
