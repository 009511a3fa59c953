import type { IncomingMessage, ServerResponse } from 'node:http'

/** What the page shows. */
export interface StatusView {
  list(): {
    readonly stacks: readonly { name: string; status: string; account: string; region: string }[]
    readonly apis: readonly { id: string; name: string; type: string; ways: readonly { how: string; curl: string }[] }[]
    readonly endpoints: readonly { id: string; url?: string; vpcId: string; region: string }[]
  }
  requests(limit: number): readonly {
    readonly requestId: string
    readonly outcome: string
    readonly because: { readonly code: string; readonly text: string }
  }[]
}

/** One page under `/_postern/` for people: what is deployed, how to call it, and what became of the last requests. */
export function statusPage(view: StatusView): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const found = new URL(request.url ?? '/', 'http://localhost').pathname === '/_postern/'
    // No script and no style from anywhere: names in templates are other people's text.
    response.writeHead(found ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    })
    response.end(found ? html(view) : page('<p>There is no such page; begin at <a href="/_postern/">the status</a>.</p>'))
  }
}

function html(view: StatusView): string {
  const { stacks, apis, endpoints } = view.list()
  return page(
    [
      table(
        'Stacks',
        ['name', 'status', 'account', 'region'],
        stacks.map((one) => [one.name, one.status, one.account, one.region]),
      ),
      table(
        'APIs',
        ['id', 'name', 'type'],
        apis.map((one) => [one.id, one.name, one.type]),
      ),
      ...apis.map(({ id, ways }) =>
        ways.length === 0
          ? ''
          : `<h3>How to call ${escaped(id)}</h3><pre>${escaped(ways.map(({ how, curl }) => `# ${how}\n${curl}`).join('\n'))}</pre>`,
      ),
      table(
        'VPC endpoints',
        ['id', 'address', 'VPC', 'region'],
        endpoints.map((one) => [one.id, one.url ?? '', one.vpcId, one.region]),
      ),
      table(
        'Last requests',
        ['id', 'outcome', 'because', 'code'],
        view.requests(20).map((one) => [one.requestId, one.outcome, one.because.text, one.because.code]),
      ),
    ].join('\n'),
  )
}

function page(body: string): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Postern</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.25rem 1rem .25rem 0;border-bottom:1px solid #ddd}pre{background:#f5f5f5;padding:1rem;overflow:auto}</style>
<h1>Postern</h1>
${body}
</html>
`
}

function table(title: string, heading: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return `<h2>${title}</h2><p>none</p>`
  const cells = (row: readonly string[], tag: string) =>
    `<tr>${row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`
  return `<h2>${title}</h2><table>${cells(heading, 'th')}${rows.map((row) => cells(row, 'td')).join('')}</table>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
