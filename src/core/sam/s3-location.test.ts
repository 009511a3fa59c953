import { describe, expect, it } from 'vitest'
import { readS3Location } from './s3-location.ts'

describe('an object in S3', () => {
  it.each([
    ['s3://bucket/key', 'bucket', 'key', undefined],
    ['s3://bucket/a/b.zip?versionId=5', 'bucket', 'a/b.zip', '5'],
    ['S3://bucket//key#part', 'bucket', 'key', undefined],
    [' \n s3://buc\nket/key', 'bucket', 'key', undefined],
    ['s3://bucket/key%20x?versionId=a%2Bb+c%', 'bucket', 'key%20x', 'a+b c%'],
    ['s3://bucket/key?versionId=%ff', 'bucket', 'key', '\ufffd'],
    ['s3://bucket/key?versionId=1&versionId=2', 'bucket', 'key', undefined],
    ['s3://bucket/?versionId=', 'bucket', '', undefined],
  ])('is read from the URI %j', (uri, bucket, key, version) => {
    expect(readS3Location('F', 'CodeUri', uri)).toEqual({ bucket, key, ...(version !== undefined && { version }) })
  })

  it.each(['s3://bucket', 's3:///key', 'https://bucket/key', 's3:bucket/key', './code'])('is not read from %j', (uri) => {
    expect(() => readS3Location('F', 'CodeUri', uri)).toThrow("'CodeUri' is not a valid S3 Uri of the form")
  })
})
