import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isThere, readDeployments } from './sam-deployments.ts'
import { gradeCase, readCases } from './sam-suite.ts'

/** Cases of one's own: a part of another name than the suite's, manifest entries that say little, files that are not there. */
let folder: string
const TABLE = 'Resources: {Table: {Type: AWS::Serverless::SimpleTable}}'

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-cases-'))
  const cases = ['right', 'wrong', 'refused', 'half', 'gone'].map((name) => ({
    name,
    kind: 'success',
    input: `input/${name}.yaml`,
    output: { aws: `output/${name}.json` },
  }))
  const integration = [{ name: 'gone', template: 'integration/gone.yaml', expected: 'integration/gone.json' }]
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text)
  for (const path of ['mine/input', 'mine/output']) mkdirSync(join(folder, path), { recursive: true })
  write('manifest.json', JSON.stringify({ cases, integration }))
  for (const name of ['right', 'wrong', 'half']) write(`mine/input/${name}.yaml`, TABLE)
  write('mine/input/refused.yaml', 'Resources: [')
  write('mine/output/right.json', JSON.stringify({ Resources: { Table: TABLE_AS_MADE } }))
  write('mine/output/wrong.json', JSON.stringify({ Resources: { Table: { ...TABLE_AS_MADE, Type: 'AWS::S3::Bucket' } } }))
  write('mine/output/refused.json', '{}')
})
afterAll(() => rmSync(folder, { recursive: true }))

const TABLE_AS_MADE = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  },
}

it('grades every case, also beside one whose files are not there', () => {
  const found = readCases(folder).map((given) => [given.name, gradeCase(folder, given)[0]?.difference] as const)
  expect(Object.fromEntries(found)).toEqual({
    right: undefined,
    wrong: expect.stringMatching(/^\/Resources\/Table\/Type: /),
    refused: expect.stringMatching(/^threw .*YAML not well-formed/),
    half: expect.stringMatching(/^cannot be read: .*half\.json/),
    gone: `cannot be read: ${folder} has no input/gone.yaml`,
  })
})

it('knows which templates to deploy are there', () => {
  expect(readDeployments(folder).map((given) => isThere(folder, given))).toEqual([false])
})
