import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFault, normalName, plainName, sortKeyOf } from './dns-names.ts'

describe('names as Route 53 writes them', () => {
  it.each([
    ['a name', 'www.example.com', 'www.example.com.', 'www.example.com'],
    ['a last dot', 'www.example.com.', 'www.example.com.', 'www.example.com'],
    ['capitals', 'WWW.Example.COM', 'www.example.com.', 'www.example.com'],
    ['a wildcard', '*.example.com', '\\052.example.com.', '*.example.com'],
    ['a wildcard as an escape', '\\052.example.com', '\\052.example.com.', '*.example.com'],
    ['an escaped letter', '\\127ww.example.com', 'www.example.com.', 'www.example.com'],
    ['other characters', 'a@b.example.com', 'a\\100b.example.com.', 'a@b.example.com'],
    ['an escaped dot', 'a\\056b.example.com', 'a\\056b.example.com.', 'a\\056b.example.com'],
    ['an underscore', '_acme-challenge.example.com', '_acme-challenge.example.com.', '_acme-challenge.example.com'],
  ])('%s', (_what, written, normal, plain) => {
    expect(normalName(written)).toBe(normal)
    expect(plainName(normal)).toBe(plain)
  })

  it.each([
    ['an empty label', 'www..com', "FATAL problem: DomainLabelEmpty (Domain label is empty) encountered with 'www..com'"],
    ['nothing', '', "FATAL problem: DomainLabelEmpty (Domain label is empty) encountered with ''"],
    ['a long label', `${'a'.repeat(64)}.com`, 'FATAL problem: DomainLabelTooLong (Domain label is too long) encountered with'],
    ['a long name', 'abcdefg.'.repeat(32), 'FATAL problem: DomainNameTooLong (Domain name is too long) encountered with'],
    ['a space', 'a b.com', "FATAL problem: UnsupportedCharacter (Value contains unsupported characters) encountered with ' '"],
  ])('%s is refused', (_what, written, fault) => {
    expect(normalName(written)).toEqual({ fault: expect.stringContaining(fault) })
  })

  it('stay as they are once they are written so', () => {
    const names = fc.stringMatching(/^[!-~]{1,40}$/).map(normalName)
    fc.assert(fc.property(names, (name) => isFault(name) || normalName(name) === name))
  })

  it('are in order by their labels from the last to the first', () => {
    const names = [
      'www.example.com.',
      'example.com.',
      '\\052.example.com.',
      'a.b.example.com.',
      'b.example.com.',
      '9.example.com.',
    ]
    const sorted = [...names].sort((a, b) => (sortKeyOf(a) < sortKeyOf(b) ? -1 : 1))
    expect(sorted).toEqual([
      'example.com.',
      '\\052.example.com.',
      '9.example.com.',
      'b.example.com.',
      'a.b.example.com.',
      'www.example.com.',
    ])
  })
})
