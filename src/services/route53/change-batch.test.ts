import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AwsError } from '#core/aws/aws-error.ts'
import { inOrder } from './change-batch.ts'
import { createHostedZone, getHostedZone } from './hosted-zones.ts'
import { changeRecordSets } from './record-sets.ts'
import type { RecordSet } from './records.ts'
import { aliasChange, change, route53World, scope } from './testing/route53-world.ts'

/** Few names and values, so that changes meet. */
const anyName = fc.constantFrom('example.com', 'a.example.com', '*.example.com', 'b.a.example.com', 'example.org')
const anyAction = fc.constantFrom('CREATE', 'DELETE', 'UPSERT')
const anyChange = fc.oneof(
  fc
    .tuple(anyAction, anyName, fc.constantFrom('192.0.2.1', '192.0.2.2'))
    .map(([action, name, value]) => change(action, name, 'A', value)),
  fc.tuple(anyAction, anyName).map(([action, name]) => change(action, name, 'CNAME', 'x.example.net')),
  fc.tuple(anyAction, anyName, anyName).map(([action, name, target]) => aliasChange(action, name, target)),
)
const anyBatches = fc.array(fc.array(anyChange, { minLength: 1, maxLength: 4 }), { maxLength: 12 })

describe('batches of changes', () => {
  it('happen wholly or not at all, and leave a zone as a zone must be', () => {
    fc.assert(
      fc.property(anyBatches, (batches) => {
        const ports = route53World()
        const { id } = createHostedZone(scope, { name: 'example.com', callerReference: 'one' }, ports)
        const sets = () => getHostedZone(scope, id, ports).recordSets
        for (const batch of batches) {
          const before = sets()
          try {
            changeRecordSets(scope, id, batch, ports)
            for (const one of batch) expect(isAsWanted(one, sets())).toBe(true)
          } catch (error) {
            if (!(error instanceof AwsError)) throw error
            expect(sets()).toBe(before)
          }
          expect(sets()).toEqual(inOrder(sets()))
          const owners = sets().map(({ name }) => name)
          for (const { name, type } of sets()) if (type === 'CNAME') expect(owners.filter((one) => one === name)).toHaveLength(1)
          expect(sets().filter(({ type }) => type === 'SOA' || type === 'NS')).toHaveLength(2)
        }
      }),
    )
  })
})

/** Whether what a change asked for is so now. A batch may delete and make the same again: then the later counts. */
function isAsWanted({ Action, ResourceRecordSet }: ReturnType<typeof change>, sets: readonly RecordSet[]): boolean {
  const name = `${ResourceRecordSet.Name.replace('*', '\\052')}.`
  return Action === 'DELETE' || sets.some((one) => one.name === name && one.type === ResourceRecordSet.Type)
}
