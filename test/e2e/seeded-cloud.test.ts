import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startPostern } from '#app/postern.ts'
import { seededIds } from '#kit/ids.ts'
import { fakeClock } from '#kit/testing/fake-clock.ts'
import { EXAMPLE, http } from './harness.ts'

const as = { account: '111122223333', region: 'eu-central-1' }

/** Deploys the network and its endpoint, asks it something, and answers all that came of it. */
async function play(seed: number) {
  const postern = await startPostern({ clock: fakeClock(), ids: seededIds(seed) })
  try {
    for (const [stack, file] of [
      ['entities-network', 'network.yaml'],
      ['entities-infrastructure', 'infrastructure.yaml'],
    ] as const) {
      await postern.call(
        'cloudformation',
        'CreateStack',
        { StackName: stack, TemplateBody: readFileSync(join(EXAMPLE, file), 'utf8') },
        as,
      )
      await resting(postern, stack)
    }
    const { StackEvents } = (await postern.call(
      'cloudformation',
      'DescribeStackEvents',
      { StackName: 'entities-infrastructure' },
      as,
    )) as { StackEvents: unknown[] }
    const listing = postern.list()
    const refused = await http(listing.endpoints[0]?.url ?? '', { path: '/development/entities' })
    expect(refused.status).toBe(403)
    const because = postern.explain(String(refused.headers['x-amzn-requestid']))?.because
    return { StackEvents, because, listing: { ...listing, endpoints: listing.endpoints.map(({ url: _url, ...one }) => one) } }
  } finally {
    await postern.stop()
  }
}

async function resting(postern: Awaited<ReturnType<typeof startPostern>>, stack: string): Promise<void> {
  for (;;) {
    const { Stacks } = (await postern.call('cloudformation', 'DescribeStacks', { StackName: stack }, as)) as {
      Stacks: { StackStatus: string }[]
    }
    if (!Stacks[0]?.StackStatus.endsWith('_IN_PROGRESS')) return expect(Stacks[0]?.StackStatus).toBe('CREATE_COMPLETE')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('a whole cloud under a fake clock and a seed', () => {
  it('comes out the same twice, to the last id and time', async () => {
    expect(await play(7)).toEqual(await play(7))
  })

  it('comes out otherwise with another seed', async () => {
    const [one, other] = [await play(7), await play(8)]
    expect(one.listing.endpoints[0]?.id).not.toBe(other.listing.endpoints[0]?.id)
    expect(one.because).toEqual(other.because)
  })
})
