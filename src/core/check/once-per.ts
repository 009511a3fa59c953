/** The same answers, each worked out once: rules ask for every API what is true of its whole template. */
export function oncePer<Key extends object, Answer>(answer: (key: Key) => Answer): (key: Key) => Answer {
  const known = new Map<Key, { readonly answer: Answer }>()
  return (key) => {
    const found = known.get(key) ?? { answer: answer(key) }
    known.set(key, found)
    return found.answer
  }
}
