import { AwsError } from '../aws/aws-error.ts'
import { MAX_DEPTH, MAX_VALUES } from './limits.ts'
import { isList, isMap, type Value } from './value.ts'

/** Refuses values that no text could have been: in circles, deeper or more than a text may hold, or no map at all. */
export function refuseEndless(template: Value): void {
  let left = MAX_VALUES
  const visit = (value: Value, depth: number): void => {
    left -= 1
    if (left < 0 || depth > MAX_DEPTH) throw unsupported()
    if (isMap(value) || isList(value)) for (const member of Object.values(value)) visit(member, depth + 1)
  }
  if (!isMap(template)) throw unsupported()
  visit(template, 0)
}

const unsupported = () => new AwsError('ValidationError', 'Template format error: unsupported structure.')
