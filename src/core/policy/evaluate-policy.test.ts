import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePolicy } from './compile-policy.ts'
import { determiningStatements, evaluatePolicy, mismatches } from './evaluate-policy.ts'
import { ANONYMOUS, type PolicyRequest } from './request.ts'
import { type NaiveRequest, naivelyEvaluate } from './testing/naive-evaluator.ts'

// A small world, so that random statements and requests meet often.
const letters = fc.stringMatching(/^[ab/*?]{0,5}$/)
const someOf = (value: fc.Arbitrary<string>) => fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }))
const account = fc.constantFrom('111111111111', '222222222222')
const arn = account.map((id) => `arn:aws:iam::${id}:user/ada`)
const principal = fc.oneof(
  fc.constant('*'),
  fc.record({
    AWS: someOf(
      fc.oneof(
        fc.constant('*'),
        account,
        arn,
        account.map((id) => `arn:aws:iam::${id}:root`),
      ),
    ),
  }),
)
const action = someOf(fc.constantFrom('*', 'execute-api:*', 'execute-api:Invoke', 'EXECUTE-API:invok?', 's3:GetObject'))
const resource = someOf(letters.map((text) => `arn:${text}`))
const address = fc.constantFrom('10.0.0.1', '10.0.0.200', '10.1.0.1', '192.168.0.1')
const range = fc.constantFrom('10.0.0.0/8', '10.0.0.0/25', '10.0.0.1', '0.0.0.0/0', '192.168.0.1/32')
const suffixed = (...names: string[]) => fc.constantFrom(...names.flatMap((name) => [name, `${name}IfExists`]))
const block = (operator: fc.Arbitrary<string>, key: string, value: fc.Arbitrary<string>) =>
  fc.tuple(operator, someOf(value)).map(([name, values]) => ({ [name]: { [key]: values } }))
const condition = fc.oneof(
  block(suffixed('StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'), 'aws:SourceVpce', letters),
  block(suffixed('IpAddress', 'NotIpAddress'), 'aws:VpcSourceIp', range),
  block(fc.constant('Null'), 'AWS:sourcevpce', fc.constantFrom('true')),
)
const either = (positive: string, negative: string, value: fc.Arbitrary<unknown>) =>
  fc.tuple(fc.constantFrom(positive, negative), value).map(([key, written]) => ({ [key]: written }))
const statement = fc
  .tuple(
    fc.constantFrom('Allow', 'Deny'),
    either('Principal', 'NotPrincipal', principal),
    either('Action', 'NotAction', action),
    either('Resource', 'NotResource', resource),
    fc.option(condition, { nil: undefined }),
  )
  .map(([Effect, who, what, where, Condition]) => ({ Effect, ...who, ...what, ...where, ...(Condition && { Condition }) }))
const policy = fc.record({ Version: fc.constant('2012-10-17'), Statement: fc.array(statement, { minLength: 1, maxLength: 5 }) })
const request: fc.Arbitrary<NaiveRequest> = fc.record({
  principal: fc.oneof(fc.constant('anonymous' as const), fc.record({ account, arn })),
  action: fc.constantFrom('execute-api:Invoke', 's3:GetObject'),
  resource: letters.map((text) => `arn:${text}`),
  keys: fc.record({ 'aws:sourcevpce': letters, 'aws:vpcsourceip': address }, { requiredKeys: [] }),
})

const asked = ({ principal: who, keys, ...rest }: NaiveRequest): PolicyRequest => ({
  ...rest,
  principal: who === 'anonymous' ? ANONYMOUS : { kind: 'aws', ...who },
  keys: (name) => keys[name as keyof typeof keys],
})

describe('evaluatePolicy', () => {
  it('agrees with the definition of the language', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(policy, request, (written, wanted) => {
        const expected = naivelyEvaluate(written, wanted)
        seen.add(expected)
        expect(evaluatePolicy(compilePolicy(written), asked(wanted)).effect).toBe(expected)
      }),
      { numRuns: 3_000, seed: 7 },
    )
    expect([...seen].sort()).toEqual(['Allow', 'Deny', 'None'])
  })

  it('names statements that decide alone', () => {
    fc.assert(
      fc.property(policy, request, (written, wanted) => {
        const by = determiningStatements(compilePolicy(written), asked(wanted))
        for (const { index, effect } of by) {
          const alone = compilePolicy({ ...written, Statement: [written.Statement[index]] })
          expect(evaluatePolicy(alone, asked(wanted)).effect).toBe(effect)
        }
        expect(by.length > 0).toBe(evaluatePolicy(compilePolicy(written), asked(wanted)).effect !== 'None')
      }),
      { numRuns: 500, seed: 8 },
    )
  })

  it('never allows what a denial without conditions covers, whatever else is written', () => {
    const deny = { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }
    fc.assert(
      fc.property(policy, request, fc.nat(5), (written, wanted, at) => {
        const Statement = written.Statement.toSpliced(at, 0, deny as never)
        expect(evaluatePolicy(compilePolicy({ ...written, Statement }), asked(wanted)).effect).toBe('Deny')
      }),
      { numRuns: 300, seed: 9 },
    )
  })
})

describe('mismatches', () => {
  it('gives for each permission the first part that does not fit', () => {
    const allow = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }
    const Statement = [
      { ...allow, Action: 's3:*' },
      { ...allow, Resource: 'arn:x' },
      { ...allow, Principal: { AWS: '111111111111' } },
      { ...allow, Condition: { StringEquals: { 'aws:SourceVpce': 'a' } } },
    ]
    const found = mismatches(compilePolicy({ Statement }), {
      principal: ANONYMOUS,
      action: 'execute-api:Invoke',
      resource: 'arn:y',
      keys: (name) => (name === 'aws:sourcevpce' ? 'b' : undefined),
    })
    expect(found.map(({ part, actual }) => [part, actual])).toEqual([
      ['action', undefined],
      ['resource', undefined],
      ['principal', undefined],
      ['condition', 'b'],
    ])
  })
})
