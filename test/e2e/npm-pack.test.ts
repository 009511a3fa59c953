import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ROOT, removeFolder, run, temporaryFolder } from './harness.ts'

describe('the published package', () => {
  const folder = temporaryFolder()
  afterAll(() => removeFolder(folder))

  it('installs elsewhere and plays the demo there', async () => {
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
  })
})
