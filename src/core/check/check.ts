import type { Finding } from './finding.ts'
import { rules } from './rules.ts'
import type { Subjects } from './subjects.ts'

/** Everything that the rules find in these templates, in the order of the text. */
export function check(subjects: Subjects): readonly Finding[] {
  const findings = rules.flatMap((rule) =>
    [...rule.find(subjects)].map(({ at, cause, mend, level = rule.level }) => {
      // What was included stands in a file of its own.
      const file = at.position?.file ?? at.file
      return { rule: rule.id, level, ...at, file, cause, mend }
    }),
  )
  const files = subjects.all.map(({ file }) => file)
  return findings.toSorted(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || (a.position?.line ?? 0) - (b.position?.line ?? 0),
  )
}
