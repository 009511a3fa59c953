import type { Stack } from '#kit/stacks.ts'

/** Whether the update that runs changes the stack's tags, which every resource with tags bears. */
export function tagsChanged({ revision, previous }: Pick<Stack, 'revision' | 'previous'>): boolean {
  return previous !== undefined && !sameTags(revision?.tags ?? {}, previous.tags)
}

export function sameTags(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key])
}
