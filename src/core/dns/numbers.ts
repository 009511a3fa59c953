import type { RecordType } from '../net/zones.ts'

/** A type of record in packets. HINFO is there for those who ask for everything: see `answer-query.ts`. */
export type PacketType = RecordType | 'HINFO'

/** https://www.iana.org/assignments/dns-parameters */
export const TYPE_NUMBERS: Readonly<Record<PacketType, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  HINFO: 13,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  NAPTR: 35,
  DS: 43,
  SSHFP: 44,
  TLSA: 52,
  SVCB: 64,
  HTTPS: 65,
  SPF: 99,
  CAA: 257,
}

export const OPT = 41
export const CLASS_IN = 1

export const RCODES = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5, BADVERS: 16 } as const
export type Rcode = keyof typeof RCODES
