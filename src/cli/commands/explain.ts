import type { Reason } from '#core/aws/reason.ts'
import type { Trace } from '#gateway/traces.ts'
import { type ConnectionOptions, connect } from '../client.ts'
import { CommandFailed, EXIT } from '../exit.ts'
import { bold, dim, green, print, printJson, red, yellow } from '../terminal.ts'

export async function explain(
  requestId: string | undefined,
  options: ConnectionOptions & { last?: boolean; json?: boolean },
): Promise<number> {
  if (requestId === undefined && !options.last) {
    throw new CommandFailed('which request?', {
      exitCode: EXIT.usage,
      mend: 'give the x-amzn-RequestId of its answer, or `--last`',
    })
  }
  const explanation = await connect(options).get<Trace>(`requests/${encodeURIComponent(requestId ?? 'last')}`)
  if (options.json) printJson(explanation)
  else print(asText(explanation))
  return explanation.outcome === 'pass' ? EXIT.ok : EXIT.no
}

export function asText({ requestId, outcome, because, steps, mend, request }: Trace): string {
  const lines = [bold(requestId)]
  if (request)
    lines.push(
      dim(
        `${request.time}  ${request.method} ${request.path} (Host: ${request.host}) through ${request.entryPoint} → ${request.status}`,
      ),
    )
  const width = Math.max(...steps.map(({ step }) => step.length))
  lines.push('')
  for (const { step, outcome: verdict, because: reason, ms } of steps) {
    lines.push(
      `  ${verdict === 'pass' ? green('✓') : red('✗')} ${step.padEnd(width)}  ${reason.text} ${dim(`[${reason.code}, ${ms.toFixed(2)} ms]`)}`,
    )
    for (const line of evidenceLines(reason)) lines.push(`    ${' '.repeat(width)}  ${dim(line)}`)
  }
  lines.push('', `${outcome === 'pass' ? green('passed') : red('refused')}: ${because.text}`)
  for (const step of mend) lines.push(`${yellow(outcome === 'pass' ? 'but' : 'to change this')}: ${step}`)
  return lines.join('\n')
}

/** What the sentence of the reason already says is not said again. */
function evidenceLines({ text, evidence = [] }: Reason): string[] {
  return evidence.map(({ what, found, statement, source }) =>
    [
      what,
      statement && `statement ${statement.sid ? `\`${statement.sid}\`` : statement.index + 1}`,
      found && !text.includes(found) && found,
      source &&
        `${source.file ?? (source.stack ? `template of ${source.stack}` : 'template')}:${source.line}${source.path ? ` (${source.path})` : ''}`,
    ]
      .filter(Boolean)
      .join('; '),
  )
}
