import { refused } from './stacks.ts'

/** Refuses what a call asks for and Postern does not do: nothing is ignored in silence. What is `false` or empty asks for nothing. */
export function refuseUnsupported<Input extends object>(input: Input, names: readonly (keyof Input & string)[]): void {
  const asked = names.filter((name) => {
    const value = input[name]
    return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0)
  })
  if (asked.length > 0) throw refused(`postern does not support ${asked.map((name) => `\`${name}\``).join(', ')} here`)
}
