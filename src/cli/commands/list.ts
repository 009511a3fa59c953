import type { Listing } from '#app/listing.ts'
import { belongingTo } from '../belonging-to.ts'
import { type ConnectionOptions, connect } from '../client.ts'
import { EXIT } from '../exit.ts'
import { bold, dim, print, printJson, statusColour, table } from '../terminal.ts'

export async function list(options: ConnectionOptions & { json?: boolean }): Promise<number> {
  const listing = belongingTo(options, await connect(options).get<Listing>('list'))
  if (options.json) printJson(listing)
  else print(asText(listing))
  return EXIT.ok
}

function asText({ stacks, apis, endpoints, functions }: Listing): string {
  const sections: string[] = []
  const section = (title: string, rows: readonly (readonly string[])[]) => sections.push(`${bold(title)}\n${table(rows)}`)
  if (stacks.length > 0) {
    section('Stacks', [
      ['NAME', 'STATUS', 'STUBS', 'ACCOUNT', 'REGION'],
      ...stacks.map((s) => [s.name, statusColour(s.status), String(s.stubs || '-'), s.account, s.region]),
    ])
  }
  if (apis.length > 0) {
    section('APIs', [
      ['ID', 'NAME', 'TYPE', 'STAGES', 'ACCOUNT', 'REGION'],
      ...apis.map((a) => [a.id, a.name, a.type, a.stages.join(', '), a.account, a.region]),
    ])
    const ways = apis.flatMap((api) => api.ways)
    if (ways.length > 0) sections.push(ways.map(({ how, curl }) => `${dim(`# ${how}`)}\n${curl}`).join('\n'))
  }
  if (endpoints.length > 0) {
    section('VPC endpoints', [
      ['ID', 'SERVICE', 'VPC', 'PORT', 'REGION'],
      ...endpoints.map((e) => [e.id, e.service, e.vpcId, e.url ?? '-', e.region]),
    ])
  }
  if (functions.length > 0) {
    section('Functions', [
      ['NAME', 'RUNTIME', 'ACCOUNT', 'REGION'],
      ...functions.map((f) => [f.name, f.runtime, f.account, f.region]),
    ])
  }
  return sections.length > 0 ? sections.join('\n\n') : 'nothing is deployed; begin with `postern deploy`'
}
