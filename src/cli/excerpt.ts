import { dim, red } from './terminal.ts'

/** More of a line than this pushes a terminal's other lines apart, and a template may be one line as a whole. */
const WIDEST = 120

/**
 * A line of a text with its number, and below it a mark under the column; nothing where the text has no such line. What would steer a
 * terminal is left out.
 */
export function excerpt(text: string, { line, column }: { readonly line: number; readonly column: number }): string[] {
  const written = text
    .split('\n', line)
    [line - 1]?.replace(/\r$/, '')
    .replace(/\p{Cc}/gu, ' ')
  if (written === undefined) return []
  const number = String(line).padStart(5)
  const start = column > WIDEST ? column - WIDEST / 2 : 0
  const shown = written.slice(start, start + WIDEST)
  const mark = ' '.repeat(Math.max(0, column - 1 - start))
  return [`${dim(`${number} |`)} ${shown}`, `${dim(`${' '.repeat(number.length)} |`)} ${mark}${red('^')}`]
}
