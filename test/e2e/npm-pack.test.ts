import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ROOT, removeFolder, run, temporaryFolder } from './harness.ts'

describe('the published package', () => {
  const folder = temporaryFolder()
  afterAll(() => removeFolder(folder))

  it('installs elsewhere, plays the demo there, and can be imported', async () => {
    // The build is there already; a second one would take dist/ away from under the other tests.
    const packed = await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT })
    expect(packed, packed.stderr).toMatchObject({ code: 0 })
    const [tarball = ''] = readdirSync(folder)
    writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}')
    const installed = await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', `./${tarball}`], {
      cwd: folder,
    })
    expect(installed, installed.stderr).toMatchObject({ code: 0 })
    const demo = await run(join(folder, 'node_modules/.bin/postern'), ['demo'], { cwd: folder })
    expect(demo, demo.stdout + demo.stderr).toMatchObject({ code: 0, stdout: expect.stringMatching(/all \d+ as expected/) })
    writeFileSync(
      join(folder, 'library.js'),
      "import { startPostern } from 'postern'\nconst postern = await startPostern({ port: 0 })\nconsole.log((await fetch(postern.endpoint + '/_postern/api/about')).status)\nawait postern.stop()\n",
    )
    expect(await run(process.execPath, ['library.js'], { cwd: folder })).toMatchObject({ code: 0, stdout: '200\n' })

    // Only the language itself: what is pure needs the types of no runtime.
    writeFileSync(join(folder, 'pure.ts'), PURE)
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const compiler = [
      tsc,
      '--strict',
      '--exactOptionalPropertyTypes',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--lib',
      'es2023',
    ]
    const compiled = await run(process.execPath, [...compiler, '--types', '', '--outDir', 'out', 'pure.ts'], { cwd: folder })
    expect(compiled, compiled.stdout).toMatchObject({ code: 0 })
    const { stdout } = await run(
      process.execPath,
      ['--input-type=module', '-e', "import { told } from './out/pure.js'\nconsole.log(JSON.stringify(told))"],
      { cwd: folder },
    )
    expect(JSON.parse(stdout)).toEqual({
      types: ['AWS::Lambda::Function', 'AWS::IAM::Role'],
      mistake: 'template.yaml:4:5',
      line: 4,
      answer: { effect: 'Allow', statement: { index: 0, sid: 'Endpoint' } },
      problems: 1,
    })
  })
})

/** A program that uses everything pure, and would not compile if the types said something else. */
const PURE = `import { readPolicy, problemsOf, type Answer } from 'postern/policy'
import { transform, type TransformResult } from 'postern/sam'
import { formatPosition, parse, positionOfMember } from 'postern/template'

const template = (handler: string) => \`Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {Runtime: nodejs22.x, \${handler}}
\`
const good: TransformResult = transform(template('Handler: a.b, InlineCode: x'), { region: 'eu-central-1', parameters: { Any: 'value' } })
const bad = transform(template('Handler: a.b'), { file: 'template.yaml' })
const position = bad.ok ? undefined : bad.causes[0]?.position
const ask = readPolicy(
  { Statement: { Sid: 'Endpoint', Effect: 'Allow', Principal: '*', Action: '*', Resource: 'execute-api:/*', Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } } },
  { region: 'eu-central-1', account: '111122223333', apiId: 'abc' },
)
const answer: Answer = ask({
  action: 'execute-api:Invoke',
  resource: 'arn:aws:execute-api:eu-central-1:111122223333:abc/prod/GET/x',
  context: { 'AWS:SourceVpce': 'vpce-1' },
})
// @ts-expect-error: a region is text
const wrong: Parameters<typeof transform>[1] = { region: 1 }

export const told = {
  types: good.ok ? Object.values(good.template['Resources'] as Record<string, { Type: string }>).map(({ Type }) => Type) : wrong,
  mistake: position && formatPosition(position),
  line: positionOfMember(parse(template('Handler: a.b'))['Resources'], 'F')?.line,
  answer,
  problems: problemsOf({}).length,
}
`
