import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../e2e/harness.ts'

const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n')

const read = (page: string) => readFileSync(join(ROOT, page), 'utf8')

/** As GitHub makes them from headings. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  )
}

describe.each(pages)('%s', (page) => {
  const text = read(page).replace(/```[\s\S]*?```/g, '')
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^https?:/.test(link))

  it('links only to what is there', () => {
    const broken = links.filter((link) => {
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? page : join(dirname(page), file)
      return !existsSync(join(ROOT, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor))
    })
    expect(broken).toEqual([])
  })
})

it('CONTRIBUTING names only files that exist to be imitated', () => {
  const table = read('CONTRIBUTING.md').split('\n## ')[0] ?? ''
  const named = [...table.matchAll(/`((?:src|test|docs|tools|schemas)\/[^`*]+)`/g)].map(([, path = '']) => path)
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
})

it('every command that the command line has is told of in a page', () => {
  const commands = [...read('src/cli/main.ts').matchAll(/\.command\('([a-z]+)'\)/g)].map(([, name = '']) => name)
  const told = pages.map(read).join('\n')
  expect(commands.length).toBeGreaterThan(5)
  expect(commands.filter((name) => !told.includes(`postern ${name}`))).toEqual([])
})
