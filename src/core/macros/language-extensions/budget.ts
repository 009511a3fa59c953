import { MAX_TEMPLATE_BYTES } from '../../template/limits.ts'
import { refused } from './refused.ts'

/**
 * What the loops of a template may cost together. A few lines of them can stand for more than any machine holds, and a template that
 * is larger than the service takes need not be finished to be refused.
 */
export interface Budget {
  /** Counts characters and values that are written. Refuses when there were too many. */
  spend(amount: number): void
  /** Counts a turn of a loop: it costs something even if it writes nothing. */
  turn(): void
}

/** Values that are only steps on the way count too, so a template of the greatest size has to fit in several times. */
const LIMIT = 4 * MAX_TEMPLATE_BYTES

/** About what the shortest resource comes to in text. */
const TURN = 64

/** The budget of one template. */
export function newBudget(): Budget {
  let spent = 0
  const spend = (amount: number) => {
    spent += amount
    // unverified: the wording, which is that for a template that is given too large.
    if (spent > LIMIT) throw refused(`Template may not exceed ${MAX_TEMPLATE_BYTES} bytes in size.`, undefined)
  }
  return { spend, turn: () => spend(TURN) }
}
