import type { CompiledStage } from '#core/gateway/compile-stage.ts'
import type { Clock, Functions } from '#kit/ports.ts'
import type { Stopwatch } from './pipeline.ts'

/** What the steps of the gateway may reach beyond the exchange itself. */
export interface Reach extends Stopwatch {
  readonly functions: Functions
  readonly clock: Clock
  /** The published stages of an API by name. */
  readonly stagesOf: (apiId: string) => ReadonlyMap<string, CompiledStage> | undefined
}
