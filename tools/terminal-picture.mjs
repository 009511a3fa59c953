// Draws what a program printed, colours and all, as an SVG that needs no font of its own:
//   script -qec 'postern demo' /dev/null | node tools/terminal-picture.mjs '$ postern demo' > docs/images/demo.svg
import { readFileSync } from 'node:fs'

const COLOURS = { 31: '#ff7b72', 32: '#56d364', 33: '#e3b341', 34: '#79c0ff', 35: '#d2a8ff', 36: '#76e3ea' }
const GREY = '#8b949e'
const COLUMNS = 138
const LINE = 19
const CHARACTER = 8.43
const MARGIN = 20
/** `ESC [ 32 m`: colours, bold and dim are all that is known here. */
const STYLE = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m`)

/** Spaces that every viewer keeps. */
const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/ /g, '&#160;')

/** The characters of a line, each with its look as attributes of SVG. Looks end with the line. */
function charactersOf(line) {
  const found = []
  let look = { colour: undefined, bold: false, dim: false }
  for (const [index, part] of line.split(STYLE).entries()) {
    // Every second part is what the expression captured.
    if (index % 2 === 1) for (const code of part.split(';')) look = changed(look, Number(code))
    else {
      const fill = look.colour ?? (look.dim ? GREY : undefined)
      const attributes = `${fill ? ` fill="${fill}"` : ''}${look.bold ? ' font-weight="bold"' : ''}`
      for (const character of part) found.push({ character, attributes })
    }
  }
  return found
}

function changed(look, code) {
  if (code === 0) return { colour: undefined, bold: false, dim: false }
  if (code === 1) return { ...look, bold: true }
  if (code === 2) return { ...look, dim: true }
  if (code === 22) return { ...look, bold: false, dim: false }
  return code === 39 || COLOURS[code] ? { ...look, colour: COLOURS[code] } : look
}

/** Long lines go on below, indented, broken at a space where there is one. */
function wrapped(characters) {
  const rows = []
  let rest = characters
  while (rest.length > COLUMNS) {
    const space = rest.slice(0, COLUMNS + 1).findLastIndex(({ character }) => character === ' ')
    const end = space > COLUMNS / 2 ? space : COLUMNS
    rows.push(rest.slice(0, end))
    const indent = Array.from({ length: 6 }, () => ({ character: ' ', attributes: '' }))
    rest = [...indent, ...rest.slice(rest[end]?.character === ' ' ? end + 1 : end)]
  }
  return [...rows, rest]
}

function drawn(characters, row) {
  const runs = []
  for (const { character, attributes } of characters) {
    if (runs.at(-1)?.attributes === attributes) runs.at(-1).text += character
    else runs.push({ attributes, text: character })
  }
  const spans = runs.map(({ attributes, text }) => (attributes ? `<tspan${attributes}>${escaped(text)}</tspan>` : escaped(text)))
  return `<text x="${MARGIN}" y="${MARGIN + 32 + row * LINE}">${spans.join('')}</text>`
}

const command = process.argv[2]
const printed = readFileSync(0, 'utf8')
  .replace(/\r/g, '')
  .replace(/^\n+|\n+$/g, '')
const rows = [
  ...(command ? [[...command].map((character) => ({ character, attributes: ' font-weight="bold"' })), []] : []),
  ...printed.split('\n').map(charactersOf),
].flatMap(wrapped)
const width = Math.ceil(Math.max(...rows.map((row) => row.length)) * CHARACTER + 2 * MARGIN)
const height = rows.length * LINE + 2 * MARGIN + 24
process.stdout.write(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img">
<rect width="${width}" height="${height}" rx="10" fill="#0d1117" stroke="#30363d"/>
<g fill="#484f58"><circle cx="22" cy="20" r="5"/><circle cx="40" cy="20" r="5"/><circle cx="58" cy="20" r="5"/></g>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e6edf3">
${rows.map(drawn).join('\n')}
</g>
</svg>
`)
