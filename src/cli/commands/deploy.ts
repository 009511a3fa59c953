import type { ShownCaveat } from '#app/caveats-of.ts'
import type { ListedApi, ListedWay } from '#app/listing.ts'
import { formatPosition } from '#core/template/position.ts'
import { connect } from '../client.ts'
import { type Deployed, type DeployOptions, deployTemplate } from '../deploy-template.ts'
import { EXIT } from '../exit.ts'
import { outputTable } from '../stack-outputs.ts'
import { bold, dim, green, print, printJson, red, yellow } from '../terminal.ts'

export async function deploy(options: DeployOptions): Promise<number> {
  const deployed = await deployTemplate(connect(options), options)
  if (options.json)
    printJson({
      ...deployed,
      outputs: Object.fromEntries(deployed.outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])),
    })
  else print(asText(deployed))
  return succeeded(deployed.status) ? EXIT.ok : EXIT.no
}

function succeeded(status: string): boolean {
  return /^(CREATE|UPDATE)_COMPLETE$/.test(status)
}

function asText({ stack, status, changed, reason, outputs, apis, notes, caveats }: Deployed): string {
  const lines = [
    !succeeded(status)
      ? red(`${stack} is ${status}${reason ? `: ${reason}` : ''}`)
      : changed
        ? green(`deployed ${stack}`)
        : `no changes; ${stack} is up to date`,
  ]
  if (outputs.length > 0) lines.push('', outputTable(outputs))
  for (const api of apis) {
    const likely = likelyWays(api)
    lines.push('', bold(`how to call ${api.id} (${api.type})`))
    for (const { how, curl } of likely) lines.push(dim(`# ${how}`), curl)
    const others = api.ways.length - likely.length
    if (others > 0) lines.push(dim(`# ${others} more in \`postern list\``))
  }
  if (caveats.length > 0) lines.push('', ...caveats.map(caveatLine))
  if (notes.length > 0) lines.push('', ...notes.map((note) => yellow(`note: ${note}`)))
  return lines.join('\n')
}

function caveatLine({ LogicalResourceId, message, position }: ShownCaveat): string {
  const place = position ? ` (${formatPosition({ file: 'template', ...position })})` : ''
  return `${yellow('warning:')} ${LogicalResourceId}: ${message}${place}`
}

/** The extra stage that SAM's deployments make beside the one that the template names. */
const EXTRA_STAGE = 'Stage'

/** The ways that a template means: through the endpoints that it associates, as far as it does, to the stages that it names. */
function likelyWays({ ways, stages, vpcEndpointIds }: ListedApi): readonly ListedWay[] {
  const named = stages.some((stage) => stage !== EXTRA_STAGE)
  return ways.filter(
    ({ stage, endpointId }) =>
      !(named && stage === EXTRA_STAGE) &&
      (endpointId === undefined || vpcEndpointIds.length === 0 || vpcEndpointIds.includes(endpointId)),
  )
}
