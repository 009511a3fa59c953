import { CannotStart } from '#app/cannot-start.ts'
import { startPostern } from '#app/postern.ts'
import type { Trace } from '#gateway/traces.ts'
import { connect } from '../client.ts'
import { type Outcome, play } from '../demo/story.ts'
import { CommandFailed, EXIT } from '../exit.ts'
import { bold, dim, green, print, printJson, red } from '../terminal.ts'
import { asText } from './explain.ts'

/** Starts a Postern of its own that keeps nothing, plays the story, and exits with 1 if any answer is not the expected one. */
export async function demo(options: { json?: boolean }): Promise<number> {
  const began = performance.now()
  const postern = await startEphemeral()
  const stop = once(() => postern.stop())
  // Interrupted half-way, the child processes and the temporary folder go too.
  const interrupted = () => void stop().then(() => process.exit(EXIT.no))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    const client = connect({ endpoint: postern.endpoint, account: '111122223333', region: 'eu-central-1' }, {})
    const outcomes: Outcome[] = []
    for await (const outcome of play(client)) {
      if (!options.json) printOutcome(outcome, outcomes.at(-1)?.chapter)
      outcomes.push(outcome)
    }
    const different = outcomes.filter((one) => one.expected !== one.got)
    if (options.json) printJson(outcomes)
    else {
      const refused = outcomes.find(({ what }) => what === 'an endpoint the policy does not name')
      if (refused?.requestId)
        print(
          `\n${bold('why, in full')}: postern explain ${refused.requestId}\n\n${asText(await client.get<Trace>(`requests/${refused.requestId}`))}`,
        )
      const verdict =
        different.length === 0
          ? green(`all ${outcomes.length} as expected`)
          : red(`${different.length} of ${outcomes.length} differ`)
      print(`\n${verdict} ${dim(`in ${((performance.now() - began) / 1000).toFixed(1)} s`)}`)
    }
    return different.length === 0 ? EXIT.ok : EXIT.no
  } finally {
    await stop()
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
  }
}

async function startEphemeral() {
  try {
    return await startPostern({ port: 0, log: () => {} })
  } catch (error) {
    if (error instanceof CannotStart)
      throw new CommandFailed(error.message, { exitCode: EXIT.cannotRun, mend: error.mend, cause: error })
    throw error
  }
}

function printOutcome({ chapter, what, tried, expected, got }: Outcome, previous: string | undefined): void {
  if (chapter !== previous) print(`\n${bold(chapter)}`)
  print(`${expected === got ? green('✓') : red('✗')} ${what.padEnd(42)} ${shorten(got)}`)
  print(`  ${dim(tried)}`)
  if (expected !== got) print(`  ${red('expected')} ${expected}\n  ${red('got')}      ${got}`)
}

function shorten(text: string): string {
  return text.length > 90 ? `${text.slice(0, 87)}…` : text
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= run()
    return running
  }
}
