import { invalid } from './names.ts'
import { notRun } from './runtimes.ts'

/** By where a function's template or call has it, what Lambda takes and Postern does not yet. A call is refused, a template as its stack says. */
export const limits = {
  Runtime: (runtime: unknown) => (typeof runtime === 'string' ? notRun(runtime) : undefined),
  'Code.ImageUri': (uri: unknown) => (uri === undefined ? undefined : 'Postern does not run container images yet: give a zip'),
  'LoggingConfig.LogFormat': (format: unknown) =>
    format === 'JSON' ? 'Postern writes the logs of functions as text only: leave `LogFormat` out' : undefined,
}

/** Refuses what a call asks for beyond these limits, or beyond those that only calls can ask for. */
export function refuseBeyondLimits(asked: {
  readonly Runtime?: string | undefined
  readonly Code?: { readonly ImageUri?: string | undefined } | undefined
  readonly LoggingConfig?: { readonly LogFormat?: string | undefined } | undefined
  readonly Layers?: readonly string[] | undefined
  readonly FileSystemConfigs?: readonly unknown[] | undefined
}): void {
  const what =
    limits.Runtime(asked.Runtime) ??
    limits['Code.ImageUri'](asked.Code?.ImageUri) ??
    limits['LoggingConfig.LogFormat'](asked.LoggingConfig?.LogFormat) ??
    (asked.Layers?.length
      ? 'Postern does not support layers yet: put their content into the deployment package'
      : asked.FileSystemConfigs?.length
        ? 'Postern does not support file systems of functions yet'
        : undefined)
  if (what !== undefined) throw invalid(what)
}
