import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UnreadableRequest } from '../exchange.ts'
import { formatTimestamp, readTimestamp, scalarFromText, scalarToText } from './text.ts'

describe('timestamps', () => {
  const moment = new Date('2026-03-01T12:00:05.250Z')

  it.each([
    ['iso8601', '2026-03-01T12:00:05.250Z'],
    ['rfc822', 'Sun, 01 Mar 2026 12:00:05 GMT'],
    ['unixTimestamp', '1772366405.25'],
  ] as const)('%s', (format, text) => {
    expect(formatTimestamp(moment, format)).toBe(text)
  })

  it('leave out a fraction of nothing', () => {
    expect(formatTimestamp(new Date('2026-03-01T12:00:05Z'), 'iso8601')).toBe('2026-03-01T12:00:05Z')
  })

  it('are read to the millisecond, in either of the exact formats', () => {
    const dates = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z') })
    fc.assert(
      fc.property(dates, fc.constantFrom('iso8601', 'unixTimestamp'), (date, format) => {
        expect(readTimestamp(formatTimestamp(date, format))).toEqual(date)
      }),
    )
  })
})

describe('scalars', () => {
  it.each<[Parameters<typeof scalarFromText>[0]['type'], string, unknown]>([
    ['boolean', 'true', true],
    ['boolean', 'False', false],
    ['boolean', '0', false],
    ['integer', '-12', -12],
    ['long', '9007199254740991', 9007199254740991],
    ['double', '1.5e-3', 0.0015],
    ['string', ' as is ', ' as is '],
  ])('%s %j', (type, text, value) => {
    expect(scalarFromText({ type } as never)(text)).toBe(value)
  })

  it.each([
    ['boolean', 'yes'],
    ['integer', '1.5'],
    ['integer', ''],
    ['long', '0x10'],
    ['double', 'NaN'],
    ['timestamp', 'tomorrow'],
  ] as const)('refuses %s %j', (type, text) => {
    expect(() => scalarFromText({ type })(text)).toThrow(UnreadableRequest)
  })

  it('bytes are base64', () => {
    const bytes = Uint8Array.of(0, 250, 255)
    expect(scalarToText({ type: 'blob' }, undefined, 'iso8601')(bytes)).toBe('APr/')
    expect(scalarFromText({ type: 'blob' })('APr/')).toEqual(bytes)
  })
})
