import { describe, expect, it } from 'vitest'
import type { RecordType } from '#core/net/zones.ts'
import { valueFault } from './record-values.ts'

const LONG = 'x'.repeat(256)

describe('values of records', () => {
  it.each([
    ['A', '192.0.2.1'],
    ['AAAA', '2001:db8::1'],
    ['AAAA', '::'],
    ['AAAA', '::ffff:192.0.2.1'],
    ['AAAA', '1:2:3:4:5:6:7:8'],
    ['CNAME', 'www.example.com.'],
    ['CNAME', '*.example.com'],
    ['TXT', '"a" "b \\" c"'],
    ['TXT', '""'],
    ['SPF', '"v=spf1 -all"'],
    ['MX', '10 mail.example.com.'],
    ['SRV', '1 10 5269 xmpp.example.com'],
    ['CAA', '0 issue "ca.example.com; account=1"'],
    ['DS', 'whatever is written'],
  ] satisfies [RecordType, string][])('%s: %s', (type, value) => {
    expect(valueFault(type, value)).toBeUndefined()
  })

  it.each([
    ['A', '192.0.2.256', 'ARRDATAIllegalIPv4Address'],
    ['A', '192.0.2.01', 'ARRDATAIllegalIPv4Address'],
    ['A', '', 'ARRDATAIllegalIPv4Address'],
    ['AAAA', '192.0.2.1', 'AAAARRDATAIllegalIPv6Address'],
    ['AAAA', '1:2:3:4:5:6:7', 'AAAARRDATAIllegalIPv6Address'],
    ['AAAA', '1:2:3:4:5:6:7:8:9', 'AAAARRDATAIllegalIPv6Address'],
    ['AAAA', '1:2:3:4::5:6:7:8', 'AAAARRDATAIllegalIPv6Address'],
    ['AAAA', '1::2::3', 'AAAARRDATAIllegalIPv6Address'],
    ['AAAA', 'g::1', 'AAAARRDATAIllegalIPv6Address'],
    ['CNAME', 'a..b', 'DomainLabelEmpty (Domain label is empty)'],
    ['NS', 'a b', 'UnsupportedCharacter (Value contains unsupported characters)'],
    ['TXT', 'any', 'InvalidCharacterString (Value should be enclosed in quotation marks)'],
    ['TXT', '"a', 'InvalidCharacterString (Value should be enclosed in quotation marks)'],
    ['TXT', '', 'InvalidCharacterString (Value should be enclosed in quotation marks)'],
    ['TXT', `"${LONG}"`, 'CharacterStringTooLong (Value is too long)'],
    ['MX', 'mail.example.com', 'MXRRDATANotTwoFields'],
    ['MX', '70000 mail.example.com', 'MXRRDATANotTwoFields'],
    ['MX', '10 a..b', 'DomainLabelEmpty'],
    ['SRV', '1 10 xmpp.example.com', 'SRVRRDATANotFourFields'],
    ['CAA', '0 issue ca.example.com', 'CAARRDATANotThreeFields'],
  ] satisfies [RecordType, string, string][])('%s is not %s', (type, value, problem) => {
    expect(valueFault(type, value)).toMatch(/^FATAL problem: .* encountered with '.*'$/)
    expect(valueFault(type, value)).toContain(problem)
  })
})
