import { AwsError } from '#core/aws/aws-error.ts'

export interface ByteRange {
  readonly start: number
  /** The last byte, not the one after it. */
  readonly end: number
}

/** The part that a `Range` header asks for. What is not one range of bytes is ignored, and the whole object answered. */
export function requestedRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (first === undefined || last === undefined || first + last === '') return undefined
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (start >= size || (first === '' && Number(last) === 0))
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', {
      status: 416,
      fields: { ActualObjectSize: String(size), RangeRequested: header },
    })
  return { start, end }
}
