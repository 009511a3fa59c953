import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Postern, startPostern } from '#app/postern.ts'
import { readCases, recordingsFolder } from './cases.ts'
import { play } from './play.ts'
import { totals } from './totals.ts'

/* What real AWS answered, asked of a whole Postern over HTTP. */

/** Cases that do not pass yet, by the reason. The list may only shrink. */
const known = JSON.parse(readFileSync(new URL('../recorded-known-failures.json', import.meta.url), 'utf8')) as Record<
  string,
  string[]
>
const reasons = new Map(Object.entries(known).flatMap(([reason, ids]) => ids.map((id) => [id, reason] as const)))

/** `POSTERN_CASES='^apigw-mock'` plays these alone, known failures too, and says everything that differs. */
const chosen = process.env['POSTERN_CASES']
const folder = recordingsFolder()
const cases = folder ? readCases(folder) : []

describe.skipIf(!folder)('what AWS answered', { concurrent: true }, () => {
  let postern: Postern
  const results = new Map<string, boolean>()

  beforeAll(async () => {
    postern = await startPostern({ port: 0 })
  })

  afterAll(async () => {
    await postern?.stop()
    console.log(totals(cases, results))
  })

  const played = cases.filter(({ id }) => !chosen || new RegExp(chosen).test(id))
  it.each(played.map((one) => [one.id, one.title, one] as const))('%s %s', async (id, _title, one) => {
    const reason = chosen ? undefined : reasons.get(id)
    const differences = await play(one, postern, { folder: folder ?? '', all: !reason })
    results.set(id, differences.length === 0)
    // A known failure that passes is one to take off the list.
    if (reason && differences.length === 0) expect.fail(`passes, so is no known failure: ${reason}`)
    if (!reason && differences.length > 0) expect.fail(differences.join('\n'))
  })

  it('knows no failure that is not a case', () => {
    expect([...reasons.keys()].filter((id) => !cases.some((one) => one.id === id))).toEqual([])
  })
})
