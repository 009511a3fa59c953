import { describe, expect, it } from 'vitest'
import { AwsError } from '#core/aws/aws-error.ts'
import { templates } from '#kit/stacks.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { newStack } from './stacks.ts'
import { templateOf } from './template-source.ts'
import { caller, scope } from './testing/stage.ts'

const objects = (found: Record<string, string>) => ({
  async read(_scope: unknown, { bucket, key }: { bucket: string; key: string }) {
    const body = found[`${bucket}/${key}`]
    if (body === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.')
    return new TextEncoder().encode(body)
  },
})

describe('templateOf', () => {
  it('takes a body, with the file that the client names', async () => {
    const from = { ...caller, headers: { 'x-postern-template-file': 'service.yaml' } }
    expect(await templateOf({ TemplateBody: 'a: 1' }, from, fakePorts())).toMatchObject({ body: 'a: 1', file: 'service.yaml' })
  })

  it('reads a URL', async () => {
    const ports = fakePorts({ objects: objects({ 'code/t.yaml': 'b: 2' }) })
    expect(await templateOf({ TemplateURL: 'https://s3.amazonaws.com/code/t.yaml' }, caller, ports)).toMatchObject({
      body: 'b: 2',
    })
  })

  it('takes the previous template of a stack', async () => {
    const ports = fakePorts()
    ports.records.put(templates, scope, 'key', { body: 'c: 3' })
    const revision = { template: 'key', parameters: {}, shownParameters: {}, tags: {}, capabilities: [], notificationArns: [] }
    const stack = { ...newStack('shop', caller, ports), revision }
    expect(await templateOf({ UsePreviousTemplate: true }, caller, ports, stack)).toMatchObject({ body: 'c: 3' })
  })

  it.each([
    [{}, 'Either Template URL or Template Body must be specified.'],
    [{ UsePreviousTemplate: true }, 'Either Template URL or Template Body must be specified.'],
    [{ TemplateBody: 'a', TemplateURL: 'b' }, 'You can only specify one of TemplateBody or TemplateURL.'],
    [{ TemplateURL: 'https://s3.amazonaws.com/code/none.yaml' }, 'S3 error: The specified key does not exist.'],
    [{ TemplateURL: 'https://s3.amazonaws.com/code/huge.yaml' }, 'Template may not exceed 1000000 bytes in size.'],
    [{ TemplateBody: 'x'.repeat(51_201) }, expect.stringMatching(/at 'templateBody' .* less than or equal to 51200$/)],
    [{ TemplateBody: 'ü'.repeat(25_601) }, expect.stringMatching(/less than or equal to 51200$/)],
  ])('refuses case %#', async (source, message) => {
    const ports = fakePorts({ objects: objects({ 'code/huge.yaml': 'x'.repeat(1_048_577) }) })
    await expect(templateOf(source, caller, ports)).rejects.toMatchObject({ code: 'ValidationError', message })
  })
})
