import { invalid } from './names.ts'

/** As Lambda lists them when it is given another. Recorded 2026-01. */
const LAMBDA_RUNTIMES =
  'nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2'

const known = new Set(LAMBDA_RUNTIMES.split(', '))

/** Refuses what Lambda does not know, in Lambda's words. */
export function checkRuntime(runtime: string): void {
  if (!known.has(runtime))
    throw invalid(
      `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${LAMBDA_RUNTIMES}] or be a valid ARN`,
    )
}

/** Why Postern cannot run functions of a runtime that Lambda knows; nothing where it can. */
export function notRun(runtime: string): string | undefined {
  if (!known.has(runtime) || /^(nodejs|provided)/.test(runtime)) return undefined
  return `Postern does not run \`${runtime}\` functions yet: it runs \`nodejs*\` and \`provided.*\``
}
