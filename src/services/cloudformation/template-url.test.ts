import { describe, expect, it } from 'vitest'
import { parseTemplateUrl } from './template-url.ts'

const endpoint = 'http://127.0.0.1:4566'

describe('parseTemplateUrl', () => {
  it.each([
    ['https://s3.amazonaws.com/code/a/b.yaml', 'code', 'a/b.yaml'],
    ['https://s3.eu-central-1.amazonaws.com/code/b.yaml', 'code', 'b.yaml'],
    ['https://s3-eu-west-1.amazonaws.com/code/b.yaml', 'code', 'b.yaml'],
    ['https://code.s3.amazonaws.com/b.yaml', 'code', 'b.yaml'],
    ['https://my.code.s3.eu-central-1.amazonaws.com/b.yaml', 'my.code', 'b.yaml'],
    ['https://code.s3.dualstack.eu-central-1.amazonaws.com/b.yaml', 'code', 'b.yaml'],
    ['https://code.s3.cn-north-1.amazonaws.com.cn/b.yaml', 'code', 'b.yaml'],
    ['http://127.0.0.1:4566/code/a%20b.yaml', 'code', 'a b.yaml'],
    ['http://localhost:4566/code/b.yaml', 'code', 'b.yaml'],
    ['http://code.localhost:4566/b.yaml', 'code', 'b.yaml'],
    ['http://code.s3.localhost:4566/b.yaml', 'code', 'b.yaml'],
    ['http://s3.localhost:4566/code/b.yaml', 'code', 'b.yaml'],
  ])('%s', (url, bucket, key) => {
    expect(parseTemplateUrl(url, endpoint)).toEqual({ bucket, key })
  })

  it('takes a version of the object', () => {
    expect(parseTemplateUrl('https://s3.amazonaws.com/code/b.yaml?versionId=v1', endpoint)).toEqual({
      bucket: 'code',
      key: 'b.yaml',
      versionId: 'v1',
    })
  })

  it.each([
    ['https://example.com/code/b.yaml', 'TemplateURL must be a supported URL.'],
    ['http://127.0.0.1:9000/code/b.yaml', 'TemplateURL must be a supported URL.'],
    ['https://s3.amazonaws.com/code/%zz', 'TemplateURL must reference a valid S3 object to which you have access.'],
    ['https://s3.amazonaws.com/code', 'TemplateURL must reference a valid S3 object to which you have access.'],
    ['s3://code/b.yaml', expect.stringContaining("at 'templateURL' failed to satisfy constraint")],
    ['not a url', expect.stringContaining("at 'templateURL' failed to satisfy constraint")],
  ])('refuses %s', (url, message) => {
    expect(() => parseTemplateUrl(url, endpoint)).toThrow(expect.objectContaining({ code: 'ValidationError', message }))
  })
})
