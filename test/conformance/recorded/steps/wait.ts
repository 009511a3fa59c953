import type { Outcome } from '../judge.ts'
import { at } from '../path.ts'
import { type Asked, type Session, until } from '../session.ts'

interface Waiter {
  readonly operation: string
  /** Where the state stands in the output. */
  readonly state: string
  readonly done: RegExp
  readonly failed?: RegExp
  /** The error code that means that the wait is over. */
  readonly gone?: string
}

const stack = (done: RegExp, gone?: string): Waiter => ({
  operation: 'cloudformation.DescribeStacks',
  state: 'Stacks[0].StackStatus',
  done,
  failed: /(_COMPLETE|_FAILED)$/,
  ...(gone && { gone }),
})

const WAITERS: Readonly<Record<string, Waiter>> = {
  'lambda.function_active_v2': {
    operation: 'lambda.GetFunction',
    state: 'Configuration.State',
    done: /^Active$/,
    failed: /^Failed$/,
  },
  'lambda.function_updated_v2': {
    operation: 'lambda.GetFunction',
    state: 'Configuration.LastUpdateStatus',
    done: /^Successful$/,
    failed: /^Failed$/,
  },
  'ec2.vpc_available': { operation: 'ec2.DescribeVpcs', state: 'Vpcs[0].State', done: /^available$/ },
  'cloudformation.change_set_create_complete': {
    operation: 'cloudformation.DescribeChangeSet',
    state: 'Status',
    done: /^CREATE_COMPLETE$/,
    failed: /^FAILED$/,
  },
  'cloudformation.change_set_executed': {
    operation: 'cloudformation.DescribeChangeSet',
    state: 'ExecutionStatus',
    done: /^EXECUTE_COMPLETE$/,
    failed: /FAILED$/,
  },
  'cloudformation.stack_create_complete': stack(/^(CREATE|UPDATE)_COMPLETE$/),
  'cloudformation.stack_update_complete': stack(/^UPDATE_COMPLETE$/),
  'cloudformation.stack_delete_complete': stack(/^DELETE_COMPLETE$/, 'ValidationError'),
}

/** Waits as the SDK's waiters do. */
export async function waitStep(name: string, { call }: Session, { input }: Asked): Promise<Outcome> {
  const waiter = WAITERS[name]
  if (!waiter) return { error: { code: 'NotImplemented', message: `nothing to wait for ${name} with` } }
  let last = ''
  const outcome = await until<Outcome>(async () => {
    const { result, error } = await call(waiter.operation, input)
    if (error) return waiter.gone === error.code ? { result: {} } : { error }
    last = String(at(result, waiter.state))
    if (waiter.done.test(last)) return { result: result ?? {} }
    return waiter.failed?.test(last) ? { error: { code: 'WaiterError', message: last } } : undefined
  })
  return outcome ?? { error: { code: 'WaiterTimeout', message: last } }
}
