import type { Found, Located, Named, Received } from '../exchange.ts'
import type { ReasonCode } from '../reason-codes.ts'
import { type Check, deny, pass } from '../verdict.ts'

/** The stage is the first segment of the path, or what a base path stands for. Without one that exists the answer is 403, not 404. */
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
      [mend(named, known)],
    )
  },
}

function mend({ mapping }: Named['named'], known: readonly string[]): string {
  const listed = (shown: (name: string) => string) => known.map((name) => `\`${shown(name)}\``).join(' or ')
  if (mapping?.stageName !== undefined) return `map the base path to stage ${listed((name) => name)}`
  const before = mapping?.basePath ? `/${mapping.basePath}` : ''
  return `start the path with ${listed((name) => `${before}/${name}/`)}`
}
