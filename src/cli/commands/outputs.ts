import { type ConnectionOptions, connect } from '../client.ts'
import { CommandFailed, EXIT } from '../exit.ts'
import { outputsOf, outputTable } from '../stack-outputs.ts'
import { print, printJson } from '../terminal.ts'

export async function outputs(
  stack: string,
  key: string | undefined,
  options: ConnectionOptions & { json?: boolean },
): Promise<number> {
  const found = await outputsOf(connect(options), stack)
  const byKey = Object.fromEntries(found.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]))
  if (key !== undefined) {
    const value = byKey[key]
    if (value === undefined)
      throw new CommandFailed(`stack \`${stack}\` has no output \`${key}\``, {
        mend: `it has: ${Object.keys(byKey).join(', ') || 'none'}`,
      })
    if (options.json) printJson(value)
    else print(value)
  } else if (options.json) printJson(byKey)
  else if (found.length > 0) print(outputTable(found))
  return EXIT.ok
}
