import pico from 'picocolors'

/** Colours only where a person looks: both streams go to a terminal, since both are coloured, and there is no `NO_COLOR`. */
const colours = pico.createColors(process.stdout.isTTY === true && process.stderr.isTTY === true && !process.env['NO_COLOR'])

export const { bold, dim, green, red, yellow, cyan } = colours

/** Results go to stdout; everything that is said about them goes to stderr. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`)
}

export function say(line = ''): void {
  process.stderr.write(`${line}\n`)
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, undefined, 2))
}

/**
 * Whoever reads the output may go before its end, as `head` does: the rest is written to nobody, and the command goes on to its own
 * end and exit code.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error
    })
  }
}

/** Whether results can still be read: what goes on for ever ends when they cannot. */
export function isRead(): boolean {
  return process.stdout.errored === null
}

/** A cell longer than this pushes the rest of its own row aside, and of no other. */
const WIDEST_COLUMN = 72

/** Rows with their columns lined up; the first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows)
    for (const [column, cell] of row.entries())
      if (visibleLength(cell) <= WIDEST_COLUMN) widths[column] = Math.max(widths[column] ?? 0, visibleLength(cell))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - visibleLength(cell))))
        .join('  ')
        .trimEnd(),
    )
    .map((line, index) => (index === 0 ? dim(line) : line))
    .join('\n')
}

function visibleLength(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour sequences begin with the escape character
  return text.replace(/\u001b\[\d+m/g, '').length
}

/** A resource's or a stack's status in the colour of its outcome. */
export function statusColour(status: string): string {
  if (/FAILED|ROLLBACK/.test(status)) return red(status)
  if (/COMPLETE$|SKIPPED$/.test(status)) return green(status)
  return yellow(status)
}
