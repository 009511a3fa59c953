import { createHash } from 'node:crypto'
import type { Scope } from '#core/aws/scope.ts'

/** Where a deployment package is kept: its name follows from what is in it, so that the same code is the same object. */
export function packageLocation(bytes: Uint8Array, { account, region }: Scope): { bucket: string; key: string } {
  return { bucket: `postern-packages-${account}-${region}`, key: createHash('md5').update(bytes).digest('hex') }
}
