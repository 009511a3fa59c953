import { readFileSync } from 'node:fs'
import type { Caller } from '#kit/caller.ts'
import { shipped } from '#kit/package-root.ts'
import type { PlanRequest } from '#kit/stacks.ts'
import { operations, resourceTypes } from '#services/manifest.ts'
import type { Cloud } from './cloud.ts'

/** The services that a deployment goes through, whatever is in its template. */
const DEPLOYING = /^(cloudformation|s3)\./

/**
 * Reads, while nobody waits, the code that a first deployment would otherwise have to wait for, and runs its pure part once: V8 compiles
 * a function when it is first called. One piece at a time, so that requests come in between. Creates nothing.
 */
export async function preload({ ports }: Pick<Cloud, 'ports'>): Promise<void> {
  const loaders = [
    ...Object.values(resourceTypes),
    ...Object.entries(operations).flatMap(([name, load]) => (DEPLOYING.test(name) ? [load] : [])),
  ]
  for (const load of loaders) {
    await load()
    await new Promise((resolve) => setImmediate(resolve))
  }
  for (const file of ['network.yaml', 'service-public.yaml']) {
    const body = readFileSync(shipped('examples/entities', file), 'utf8').replace('CodeUri: src/', 'CodeUri: s3://bucket/key')
    await ports.stacks.plan(NOBODY, rehearsal(body))
  }
}

/** Has no request id from the port: what is done in the background must not move the ids that a seed gives. */
const NOBODY: Caller = {
  account: '000000000000',
  region: 'us-east-1',
  partition: 'aws',
  principalArn: 'arn:aws:iam::000000000000:root',
  requestId: 'rehearsal',
  endpoint: '',
  headers: {},
}

function rehearsal(body: string): PlanRequest {
  return {
    stackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/rehearsal/0',
    stackName: 'rehearsal',
    caller: NOBODY,
    template: { body },
    parameters: [],
    tags: {},
    capabilities: ['CAPABILITY_IAM'],
    notificationArns: [],
    expansionNeedsConsent: false,
  }
}
