import type { Objects, Ports } from '#kit/ports.ts'
import { getBucket } from './buckets.ts'
import { getContent, readBytes } from './objects.ts'

/** S3 as other services read it. */
export function objectsPort(ports: Pick<Ports, 'records' | 'blobs'>): Objects {
  return {
    async read(_scope, { bucket, key, versionId }) {
      return readBytes(getContent(getBucket(bucket, ports), key, versionId, ports), ports)
    },
  }
}
