import { AwsError } from '#core/aws/aws-error.ts'
import type { Position } from '#core/template/position.ts'

export const badRequest = (message: string, position?: Position) => new AwsError('BadRequestException', message, { position })
export const notFound = (message: string) => new AwsError('NotFoundException', message)
export const conflict = (message: string) => new AwsError('ConflictException', message)

/** What AWS would do and Postern does not: refused where it is asked for, rather than answered wrongly later. */
export const unserved = (sentence: string, position?: Position) =>
  new AwsError('NotImplemented', sentence, { status: 501, position })

export const unsupported = (what: string) => unserved(`${what} is not supported by postern yet`)
