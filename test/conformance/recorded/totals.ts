import type { RecordedCase } from './cases.ts'

/** How many cases pass, by area. */
export function totals(cases: readonly RecordedCase[], results: ReadonlyMap<string, boolean>): string {
  const played = cases.filter(({ id }) => results.has(id))
  const areas = [...new Set(played.map(({ area }) => area))]
  const passed = (of: readonly RecordedCase[]) => of.filter(({ id }) => results.get(id)).length
  const lines = areas.map((area) => {
    const of = played.filter((one) => one.area === area)
    return `${area.padEnd(26)} ${String(passed(of)).padStart(3)} of ${of.length}`
  })
  return [...lines, `${'all'.padEnd(26)} ${passed(played)} of ${results.size}`].join('\n')
}
