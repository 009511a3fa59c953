import type { Place } from './place.ts'
import type { Subjects } from './subjects.ts'

/**
 * How much a finding weighs, in the words of SARIF. An `error` fails or refuses callers as it is; a `warning` works today and goes wrong
 * with a later change, or lets in more than it seems to; a `note` only tells what to know.
 */
export type Level = 'error' | 'warning' | 'note'

/** One mistake in one place. */
export interface Finding extends Place {
  readonly rule: string
  readonly level: Level
  /** What is wrong, and what comes of it. */
  readonly cause: string
  /** What to write instead. */
  readonly mend: string
}

/** What a rule says of a place; its level is the rule's unless it says another. */
export interface Remark {
  readonly at: Place
  readonly cause: string
  readonly mend: string
  readonly level?: Level
}

/** A mistake that people make with private APIs, and how it shows in templates. */
export interface Rule {
  /** Never renamed once released: scripts leave rules out by it. */
  readonly id: string
  readonly level: Level
  /** The mistake in a few words. */
  readonly title: string
  /** What a person sees of it who does not know. */
  readonly symptom: string
  find(subjects: Subjects): Iterable<Remark>
}
