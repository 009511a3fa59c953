import type { MemberShape, Shape, TimestampFormat } from '#kit/service-model.ts'
import { UnreadableRequest } from '../exchange.ts'

/** How a scalar is written as text, in XML, forms, headers and paths. `fallback` is the protocol's format of timestamps there. */
export function scalarToText(
  shape: Shape,
  member: MemberShape | undefined,
  fallback: TimestampFormat,
): (value: unknown) => string {
  switch (shape.type) {
    case 'timestamp': {
      const format = member?.timestampFormat ?? shape.timestampFormat ?? fallback
      return (value) => formatTimestamp(value as Date, format)
    }
    case 'blob':
      return (value) => Buffer.from(value as Uint8Array).toString('base64')
    default:
      return String
  }
}

export function scalarFromText(shape: Shape): (text: string) => unknown {
  switch (shape.type) {
    case 'string':
    case 'character':
      return (text) => text
    case 'boolean':
      return readBoolean
    case 'timestamp':
      return readTimestamp
    case 'blob':
      return (text) => Uint8Array.from(Buffer.from(text, 'base64'))
    case 'integer':
    case 'long':
      return (text) => readNumber(text, /^[+-]?\d+$/)
    default:
      return (text) => readNumber(text, /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i)
  }
}

export function formatTimestamp(date: Date, format: TimestampFormat): string {
  switch (format) {
    case 'iso8601':
      return date.toISOString().replace('.000Z', 'Z')
    case 'rfc822':
      return date.toUTCString()
    case 'unixTimestamp':
      return String(date.getTime() / 1000)
  }
}

/** Reads any of the three formats: services accept more than they write. */
export function readTimestamp(text: string): Date {
  const date = /^-?\d+(\.\d+)?$/.test(text) ? new Date(Math.round(Number(text) * 1000)) : new Date(text)
  if (Number.isNaN(date.getTime())) throw new UnreadableRequest(`\`${text}\` is not a timestamp`)
  return date
}

function readBoolean(text: string): boolean {
  const lower = text.toLowerCase()
  if (lower === 'true' || lower === '1') return true
  if (lower === 'false' || lower === '0') return false
  throw new UnreadableRequest(`\`${text}\` is not a boolean`)
}

function readNumber(text: string, form: RegExp): number {
  if (!form.test(text)) throw new UnreadableRequest(`\`${text}\` is not a number`)
  return Number(text)
}
