import { isMap, type Value, type ValueMap } from '#core/template/value.ts'

/** Values that stand where they should not. */
const ODD: readonly (() => Value)[] = [
  () => null,
  () => true,
  () => 0,
  () => -1.5,
  () => '',
  () => 'text',
  () => 'a/b c.d',
  () => [],
  () => ['a', 1, null],
  () => ({}),
  () => ({ Ref: 'Nothing' }),
  () => ({ Ref: 'AWS::NoValue' }),
  () => ({ Ref: ['list'] }),
  () => ({ 'Fn::If': ['C', { Ref: 'AWS::NoValue' }, 'x'] }),
  () => ({ 'Fn::If': 'C' }),
  () => ({ 'Fn::GetAtt': 'A.B' }),
  () => ({ 'Fn::Sub': ['${A}', { A: 1 }] }),
  () => ({ 'Fn::FindInMap': ['M', 'a', 'b'] }),
  () => ({ constructor: { prototype: 1 } }),
  () => JSON.parse('{"__proto__": {"polluted": true}, "toString": 1}') as Value,
  () => Array.from({ length: 60 }).reduce<Value>((inner) => ({ deep: [inner] }), 'x'),
]

type Place = { holder: ValueMap | Value[]; key: string | number }

function placesIn(value: Value, found: Place[] = []): Place[] {
  if (Array.isArray(value)) {
    for (const [key, member] of value.entries()) {
      found.push({ holder: value, key })
      placesIn(member, found)
    }
  } else if (isMap(value)) {
    for (const [key, member] of Object.entries(value)) {
      found.push({ holder: value, key })
      placesIn(member, found)
    }
  }
  return found
}

/** The template with some of its values replaced, taken away, renamed or moved, as `picks` decide. Changes it in place. */
export function mutate(template: ValueMap, picks: readonly number[]): ValueMap {
  for (const pick of picks) {
    const places = placesIn(template)
    const place = places[pick % places.length]
    if (!place) return template
    const { holder, key } = place
    const choice = Math.floor(pick / places.length)
    if (Array.isArray(holder)) holder[key as number] = ODD[choice % ODD.length]!()
    else if (choice % 7 === 5) delete holder[key]
    else if (choice % 7 === 6) {
      const value = holder[key]!
      delete holder[key]
      holder[`Odd-${key}`] = value
    } else holder[key] = ODD[choice % ODD.length]!()
  }
  return template
}
