import type { Listing } from '#app/listing.ts'
import type { Client } from './client.ts'
import { CommandFailed } from './exit.ts'

/** The function of this account and region that `wanted` means; `otherwise` says what to do where none does. */
export async function functionNamed(
  client: Client,
  wanted: string,
  otherwise: (here: readonly string[]) => string,
): Promise<string> {
  const { functions } = await client.get<Listing>('list')
  const here = functions.flatMap(({ name, account, region }) =>
    account === client.account && region === client.region ? [name] : [],
  )
  const meant = meantBy(wanted, here)
  if (meant.length > 1)
    throw new CommandFailed(`\`${wanted}\` may mean several functions`, { mend: `they are: ${meant.join(', ')}` })
  return meant[0] ?? otherwise(here)
}

/**
 * The function of exactly this name, or those whose names end so. What CloudFormation puts at the end of the names that it makes counts
 * for nothing, so that a logical id is enough.
 */
export function meantBy(wanted: string, names: readonly string[]): readonly string[] {
  if (names.includes(wanted)) return [wanted]
  return names.filter((name) => name.endsWith(wanted) || `-${name.replace(/-[A-Z0-9]{12}$/, '')}`.endsWith(`-${wanted}`))
}
