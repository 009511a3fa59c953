import type { Found, Located, Named, Received } from '../exchange.ts'
import type { ReasonCode } from '../reason-codes.ts'
import { type Check, deny, pass } from '../verdict.ts'

/** The first segment of the path is the stage. Without one that exists the answer is 403 `Forbidden`, not 404. */
export const locateStage: Check<Received & Named & Found, Located> = {
  name: 'locate-stage',
  decide({ target, named, stages }) {
    const stage = stages.get(target.stageName)
    if (stage) return pass({ stage }, stage.because)
    const missing = target.stageName === ''
    const code: ReasonCode = missing ? 'locate-stage/missing' : 'locate-stage/unknown'
    const known = [...stages.keys()]
    return deny(
      { type: 'FORBIDDEN' },
      {
        code,
        text: missing
          ? `the path \`${target.fullPath}\` names no stage`
          : `API \`${named.apiId}\` has no stage \`${target.stageName}\``,
        evidence: [{ what: 'stages', found: known.join(', ') }],
      },
      [`start the path with ${known.map((name) => `\`/${name}/\``).join(' or ')}`],
    )
  },
}
