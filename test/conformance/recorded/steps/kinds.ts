import type { RecordedStep } from '../cases.ts'
import type { Kind } from '../session.ts'
import { callStep } from './call.ts'
import { deployStep } from './deploy.ts'
import { echoServerStep } from './echo-server.ts'
import { functionStep } from './function.ts'
import { httpStep } from './http.ts'
import { lambdaEventsStep, lambdaLogsStep } from './lambda-logs.ts'
import { pauseStep } from './pause.ts'
import { roleStep } from './role.ts'
import { sqsCollectStep } from './sqs-collect.ts'
import { stackEventsStep } from './stack-events.ts'
import { waitStep } from './wait.ts'

/** How each kind of step is played, by the key that names it. */
export const kinds = {
  call: callStep,
  deploy: deployStep,
  echoServer: echoServerStep,
  function: functionStep,
  http: httpStep,
  lambdaEvents: lambdaEventsStep,
  lambdaLogs: lambdaLogsStep,
  pause: pauseStep,
  role: roleStep,
  sqsCollect: sqsCollectStep,
  sqsCollectS3Events: sqsCollectStep,
  stackEvents: stackEventsStep,
  wait: waitStep,
} satisfies Record<string, Kind>

export function kindOf(step: RecordedStep): keyof typeof kinds {
  const found = Object.keys(step).find((key) => key in kinds)
  if (!found) throw new Error(`step ${step.id} is of no known kind`)
  return found as keyof typeof kinds
}
