import { operation } from '#kit/operation.ts'
import { GetAccountSettings } from '#services/models/lambda.ts'
import { ACCOUNT_CONCURRENCY } from '../executable.ts'
import { listVersions } from '../functions.ts'
import { functions } from '../records.ts'

const GIGABYTE = 1024 ** 3

export default operation(GetAccountSettings, {
  authorize: () => ({ action: 'lambda:GetAccountSettings', resource: '*' }),

  run(_input, caller, ports) {
    const all = ports.records.list(functions, caller).map(({ value }) => value)
    const reserved = all.reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0)
    const packages = all.flatMap(({ name, latest }) => [latest, ...listVersions(caller, name, ports)])
    return {
      AccountLimit: {
        TotalCodeSize: 75 * GIGABYTE,
        CodeSizeUnzipped: 262_144_000,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: ACCOUNT_CONCURRENCY,
        UnreservedConcurrentExecutions: ACCOUNT_CONCURRENCY - reserved,
      },
      AccountUsage: { TotalCodeSize: packages.reduce((sum, { code }) => sum + code.size, 0), FunctionCount: all.length },
    }
  },
})
