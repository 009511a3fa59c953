import type { Reason } from '../../aws/reason.ts'
import type { CompiledStage } from '../compile-stage.ts'
import type { Located, Named, Received } from '../exchange.ts'
import type { ReasonCode } from '../reason-codes.ts'
import { type Check, deny, pass, type Verdict } from '../verdict.ts'

const PUBLIC: Reason = {
  code: 'check-entrance/public' satisfies ReasonCode,
  text: 'a public API, called through the public front end',
}
const PRIVATE: Reason = {
  code: 'check-entrance/private' satisfies ReasonCode,
  text: 'a private API, called through a VPC endpoint',
}

/**
 * A private API answers through VPC endpoints only, and they lead to private APIs only. Association matters for the alias name alone:
 * any endpoint of the region reaches the API by its other names, and policies decide.
 */
export const checkEntrance: Check<Received & Named & Located> = {
  name: 'check-entrance',
  decide({ entrance, domain, named, stage }) {
    const { apiId, endpointType, region } = stage.snapshot
    const isPrivate = endpointType === 'PRIVATE'
    const hostRegion = named.host?.region ?? domain?.domain.region ?? entrance?.entrance.region ?? region
    if (hostRegion !== region || (entrance && entrance.entrance.region !== region)) {
      return forbid('check-entrance/other-region', `API \`${apiId}\` is in \`${region}\`, not in \`${hostRegion}\``, stage, [
        `use a name and an entry point of \`${region}\``,
      ])
    }
    if (stage.stage.disableExecuteApiEndpoint && named.by !== 'domain') {
      return forbid('check-entrance/default-endpoint-disabled', `API \`${apiId}\` has its default endpoint disabled`, stage, [
        'set `DisableExecuteApiEndpoint` to false, or use a custom domain name',
      ])
    }
    if (isPrivate && !entrance) {
      return forbid(
        'check-entrance/private-from-outside',
        `API \`${apiId}\` is private, and the request came from outside`,
        stage,
        ['call it through the port of a VPC endpoint, as `postern list` shows them'],
      )
    }
    if (!isPrivate && entrance) {
      const text = `API \`${apiId}\` is ${endpointType}, and \`${entrance.entrance.endpointId}\` leads to private APIs only`
      return forbid('check-entrance/public-through-endpoint', text, stage, [
        'call it through the public front end, or make it PRIVATE and deploy it again',
      ])
    }
    return checkAlias(named.host?.endpointId, entrance?.entrance.endpointId, stage) ?? pass({}, isPrivate ? PRIVATE : PUBLIC)
  },
}

/** An alias must be one of the API's, and of the endpoint traversed. unverified: AWS's answer to an alias of another endpoint. */
function checkAlias(alias: string | undefined, traversed: string | undefined, stage: CompiledStage): Verdict<never> | undefined {
  if (alias === undefined) return undefined
  const { apiId, vpcEndpointIds } = stage.snapshot
  if (traversed === undefined) {
    return forbid(
      'check-entrance/alias-from-outside',
      `the host name is the alias for \`${alias}\`; nothing came through it`,
      stage,
      [`use the name without \`-${alias}\``],
    )
  }
  if (!vpcEndpointIds.includes(alias)) {
    const text = `the host name is an alias for \`${alias}\`; API \`${apiId}\` is associated with ${vpcEndpointIds.join(', ') || 'no endpoint'}`
    return forbid('check-entrance/alias-not-associated', text, stage, [
      `add \`${alias}\` to the API's \`VpcEndpointIds\` and deploy it again, or name the API by the header \`x-apigw-api-id\``,
    ])
  }
  if (alias === traversed) return undefined
  return forbid(
    'check-entrance/alias-of-other-endpoint',
    `the host name is the alias for \`${alias}\`; the request came through \`${traversed}\``,
    stage,
    [`use the alias for \`${traversed}\`, or go through \`${alias}\``],
  )
}

function forbid(code: ReasonCode, text: string, { snapshot }: CompiledStage, mend: readonly string[]): Verdict<never> {
  const evidence = [
    {
      what: 'EndpointConfiguration',
      found: [snapshot.endpointType, ...snapshot.vpcEndpointIds].join(' '),
      ...(snapshot.source && { source: snapshot.source }),
    },
  ]
  return deny({ type: 'FORBIDDEN' }, { code, text, evidence }, mend)
}
