import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { CopyObject } from '#services/models/s3.ts'
import { objectArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { shownChecksum } from '../checksums.ts'
import { checkWrite } from '../conditions.ts'
import { describedContent } from '../content.ts'
import { copiedObject } from '../copy-source.ts'
import { checkKey, currentContent, putVersion } from '../objects.ts'
import { ENCRYPTED, shownVersion } from '../shown.ts'

export default operation(CopyObject, {
  authorize: ({ Bucket, Key }) => ({ action: 's3:PutObject', resource: objectArn(Bucket, Key) }),

  run(input, caller, ports) {
    const { Bucket, Key, MetadataDirective = 'COPY', TaggingDirective = 'COPY' } = input
    const bucket = ownBucket(caller, Bucket, ports)
    checkKey(Key)
    const source = copiedObject(caller, input, ports)
    const described = describedContent(input)
    if (
      source.key === Key &&
      input.CopySource.replace(/^\//, '').startsWith(`${Bucket}/`) &&
      MetadataDirective === 'COPY' &&
      !input.StorageClass
    )
      throw new AwsError(
        'InvalidRequest',
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
        { status: 400 },
      )
    checkWrite(Key, currentContent(bucket, Key, ports), input)
    const { key: _key, kind: _kind, versionId: _version, modifiedAt: _modified, ...content } = source
    const written = putVersion(
      bucket,
      Key,
      {
        ...content,
        ...(MetadataDirective === 'REPLACE' && { headers: described.headers, metadata: described.metadata }),
        ...(TaggingDirective === 'REPLACE' && { tags: described.tags }),
        storageClass: described.storageClass,
      },
      ports,
    )
    return {
      CopyObjectResult: { ETag: written.etag, LastModified: new Date(written.modifiedAt), ...shownChecksum(written.checksum) },
      ...ENCRYPTED,
      ...shownVersion(written),
      ...(source.versionId !== 'null' && { CopySourceVersionId: source.versionId }),
    }
  },
})
