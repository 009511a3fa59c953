/**
 * The order in which AWS lists an enum's values in its messages. It looks arbitrary, but all recorded lists follow from Java's
 * `String.hashCode()` in a hash table of 32 slots.
 * unverified: lists of more than 24 values, for which the table is taken to have grown.
 */
export function javaSetOrder(values: readonly string[]): readonly string[] {
  let slots = 32
  while (values.length > slots * 0.75) slots *= 2
  const slotOf = (value: string) => javaHash(value) & (slots - 1)
  return [...values].sort((a, b) => slotOf(a) - slotOf(b))
}

function javaHash(text: string): number {
  let hash = 0
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0
  return hash
}
