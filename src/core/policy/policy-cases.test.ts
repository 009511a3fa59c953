import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compilePolicy, validatePolicy } from './compile-policy.ts'
import { determiningStatements, evaluatePolicy } from './evaluate-policy.ts'
import { ANONYMOUS, type PolicyRequest, type Principal } from './request.ts'

interface Case {
  readonly name: string
  readonly given: {
    readonly policy: unknown
    readonly keys?: Readonly<Record<string, string | readonly string[]>>
    readonly principal?: Principal
    readonly action?: string
    readonly resource?: string
  }
  readonly expect: { readonly effect: 'Allow' | 'Deny' | 'None'; readonly statement?: number }
}

const folder = new URL('../../../test/cases/policy/', import.meta.url)

for (const file of readdirSync(folder)) {
  const cases: readonly Case[] = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  describe(file.replace('.json', ''), () => {
    it.each(cases.map((one) => [one.name, one] as const))('%s', (_, { given, expect: expected }) => {
      expect(validatePolicy(given.policy)).toEqual([])
      const asked: PolicyRequest = {
        principal: given.principal ?? ANONYMOUS,
        action: given.action ?? 'execute-api:Invoke',
        resource: given.resource ?? 'arn:aws:execute-api:eu-central-1:210987654321:abcdef1234/dev/GET/entities',
        keys: (name) => given.keys?.[name],
      }
      const policy = compilePolicy(given.policy)
      const decision = evaluatePolicy(policy, asked)
      expect(decision.effect).toBe(expected.effect)
      expect(determiningStatements(policy, asked)[0]?.index).toBe(expected.statement)
      if (decision.effect !== 'None') expect(decision.by.index).toBe(expected.statement)
    })
  })
}
