/*
 * How two templates differ, compared as AWS compares its own: lists without their order at every depth. One line for each place,
 * written for a person: what is missing, what is too much, what is another value.
 */

/** The value with every list sorted and every map's keys in order, so that equal templates have equal texts. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return sortedByText(value.map(canonical))
  if (!isRecord(value)) return value
  const members = Object.entries(value).map(([key, member]): [string, unknown] => [key, canonical(member)])
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The differences between two canonical values, most of them one; none where they are equal. */
export function differences(expected: unknown, actual: unknown, path = ''): string[] {
  if (textOf(expected) === textOf(actual)) return []
  if (isRecord(expected) && isRecord(actual)) return inMaps(expected, actual, path)
  if (Array.isArray(expected) && Array.isArray(actual)) return inLists(expected, actual, path)
  return [`${path || '/'}: expected ${short(expected)}, got ${short(actual)}`]
}

function inMaps(expected: Record<string, unknown>, actual: Record<string, unknown>, path: string): string[] {
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])]
  return keys.flatMap((key) => {
    const place = `${path}/${key}`
    if (!Object.hasOwn(actual, key)) return [`${place}: missing, expected ${short(expected[key])}`]
    if (!Object.hasOwn(expected, key)) return [`${place}: too much, got ${short(actual[key])}`]
    return differences(expected[key], actual[key], place)
  })
}

/** Members that both have are none; where one is left on each side, it is the same member with another value. */
function inLists(expected: readonly unknown[], actual: readonly unknown[], path: string): string[] {
  const missing = without(expected, actual)
  const extra = without(actual, expected)
  if (missing.length === 1 && extra.length === 1) return differences(missing[0], extra[0], `${path}[]`)
  return [
    ...missing.map((member) => `${path}[]: missing, expected ${short(member)}`),
    ...extra.map((member) => `${path}[]: too much, got ${short(member)}`),
  ]
}

/** The members of one list that another has not, each as often as it is missing. */
function without(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  const left = new Map<string, number>()
  for (const member of other) left.set(textOf(member), (left.get(textOf(member)) ?? 0) + 1)
  return list.filter((member) => {
    const count = left.get(textOf(member)) ?? 0
    left.set(textOf(member), count - 1)
    return count <= 0
  })
}

function sortedByText(members: unknown[]): unknown[] {
  return members
    .map((member): [string, unknown] => [textOf(member), member])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, member]) => member)
}

const textOf = (value: unknown): string => JSON.stringify(value) ?? 'nothing'

function short(value: unknown): string {
  const text = textOf(value)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
