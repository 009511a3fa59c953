import { formatPosition, type Position } from '#core/template/position.ts'
import { excerpt } from './excerpt.ts'
import type { TemplateFile } from './template-file.ts'
import { bold } from './terminal.ts'

/** `template.yaml:12:5: what is wrong`, and the line with a mark below it, where it is known. */
export function placed(
  { message, position }: { readonly message: string; readonly position?: Position | undefined },
  { name, text }: TemplateFile,
): string {
  if (!position) return message
  const isHere = position.file === undefined || position.file === name
  const shown = isHere ? excerpt(text, position) : []
  return [`${bold(formatPosition({ file: name, ...position }))}: ${message}`, ...shown].join('\n')
}
