import type { Outcome } from '../judge.ts'

/** AWS needed the time to become consistent; Postern's answers are at once. */
export async function pauseStep(_seconds: number): Promise<Outcome> {
  return { result: {} }
}
