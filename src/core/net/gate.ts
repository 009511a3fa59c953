import type { Evidence, Reason, Source } from '../aws/reason.ts'
import type { NetworkReasonCode } from './reason-codes.ts'

/** What a client sees of a connection. */
export type Outcome =
  /** Something answers. */
  | 'open'
  /** The address answers, and nothing listens on the port. */
  | 'refused'
  /** Packets are dropped without a word: the client waits until it gives up. */
  | 'timeout'
  /** There is no way to the address. */
  | 'unreachable'

/** One thing on the way that lets a connection pass, or ends it. */
export type Gate =
  | { readonly passed: true; readonly because: Reason }
  | {
      readonly passed: false
      readonly outcome: Exclude<Outcome, 'open'>
      readonly because: Reason
      /** The smallest change that would let the connection through, where there is one. */
      readonly mend: readonly string[]
    }

export function passing(code: NetworkReasonCode, text: string, evidence: readonly Evidence[] = []): Gate {
  return { passed: true, because: reason(code, text, evidence) }
}

export function ending(
  outcome: Exclude<Outcome, 'open'>,
  code: NetworkReasonCode,
  text: string,
  mend: readonly string[] = [],
  evidence: readonly Evidence[] = [],
): Gate {
  return { passed: false, outcome, because: reason(code, text, evidence), mend }
}

export function reason(code: NetworkReasonCode, text: string, evidence: readonly Evidence[] = []): Reason {
  return { code, text, ...(evidence.length > 0 && { evidence }) }
}

/** A rule, a route or an entry as evidence, with where it was written where that is known. */
export function evidence(what: string, found: string, source: Source | undefined): Evidence {
  return { what, found, ...(source && { source }) }
}
