import { CommandFailed, EXIT } from './exit.ts'

/** What an option of the form `Key=Value Other=Value` gives. A value may have an equals sign in it. */
export function keyValues(given: readonly string[], option: string): Record<string, string> {
  return Object.fromEntries(
    given.map((pair) => {
      const equals = pair.indexOf('=')
      if (equals < 1)
        throw new CommandFailed(`\`${pair}\` is not of the form key=value`, {
          exitCode: EXIT.usage,
          mend: `write ${option} Key=Value Other=Value`,
        })
      return [pair.slice(0, equals), pair.slice(equals + 1)]
    }),
  )
}
