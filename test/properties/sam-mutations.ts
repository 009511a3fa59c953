import { copyOf } from '#core/sam/copy.ts'
import { isList, isMap, type Value, type ValueList, type ValueMap } from '#core/template/value.ts'

/*
 * Random changes of templates. What is done, where and with what follows from numbers that the caller picks, so that a failing
 * change can be had again, and made smaller.
 */

const DEEP = 60
const LONG = 300

/** Values that stand where they should not. */
const ODD: readonly (() => Value)[] = [
  () => null,
  () => true,
  () => 0,
  () => -1.5,
  () => 1e21,
  () => '',
  () => 'text',
  () => 'a/b c.d',
  () => '$default',
  () => '{proxy+}',
  () => 'Ünïcode \u{1f600} \ud800 \u0000',
  () => [],
  () => [null],
  () => ['a', 1, null],
  () => [[]],
  () => ({}),
  () => ({ '': '' }),
  () => ({ constructor: { prototype: 1 } }),
  () => JSON.parse('{"__proto__": {"polluted": true}, "toString": 1}') as Value,
  () => ({ Ref: 'Nothing' }),
  () => ({ Ref: 'AWS::NoValue' }),
  () => ({ Ref: 'StageParameter' }),
  () => ({ Ref: ['list'] }),
  () => ({ Ref: 'Reader.Alias.Of.Something' }),
  () => ({ 'Fn::If': ['C', { Ref: 'AWS::NoValue' }, 'x'] }),
  () => ({ 'Fn::If': ['C', [], {}] }),
  () => ({ 'Fn::If': 'C' }),
  () => ({ 'Fn::If': [] }),
  () => ({ 'Fn::GetAtt': 'A.B' }),
  () => ({ 'Fn::GetAtt': ['A', { Ref: 'B' }] }),
  () => ({ 'Fn::GetAtt': [] }),
  () => ({ 'Fn::Sub': ['${A}', { A: 1 }] }),
  () => ({ 'Fn::Sub': '${StageParameter}${__proto__}${' }),
  () => ({ 'Fn::Sub': [] }),
  () => ({ 'Fn::FindInMap': ['M', 'a', 'b'] }),
  () => ({ 'Fn::FindInMap': ['Traffic', { Ref: 'StageParameter' }] }),
  () => ({ 'Fn::FindInMap': null }),
  () => ({ 'Fn::Transform': { Name: 'AWS::Include' } }),
  () => ({ Condition: 'Wanted' }),
  () => deep((inner) => [inner]),
  () => deep((inner) => ({ deep: inner })),
  () => deep((inner) => ({ 'Fn::If': ['Wanted', inner, { Ref: 'AWS::NoValue' }] })),
  () => Array.from({ length: LONG }, (_, index) => `item ${index}`),
  () => Object.fromEntries(Array.from({ length: LONG }, (_, index) => [`Key${index}`, index])),
]

function deep(around: (inner: Value) => Value): Value {
  return Array.from({ length: DEEP }).reduce<Value>((inner) => around(inner), 'x')
}

/** Names that a member should not have. */
const ODD_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'length',
  '',
  ' ',
  '0',
  '-1',
  'Odd-Name',
  'a/b~1{c}',
  'Ünïcode',
  'Ref',
  'Fn::If',
  'Fn::Sub',
  'Type',
  'Properties',
  'N'.repeat(LONG),
]

/** What may become of a value; `other` is another value of the same template. */
const CHANGES: readonly ((value: Value, choice: number, other: Value) => Value)[] = [
  (_, choice) => ODD[choice % ODD.length]!(),
  (_value, _choice, other) => copyOf(other),
  (value) => (isList(value) ? [] : isMap(value) ? {} : typeof value === 'string' ? '' : null),
  (value) => [value],
  (value) => (isList(value) ? { ...value } : isMap(value) ? Object.values(value) : [value]) as Value,
  (value) => (typeof value === 'object' && value !== null ? (Object.values(value)[0] ?? null) : String(value)) as Value,
  (value) => ({ 'Fn::If': ['Wanted', value, { Ref: 'AWS::NoValue' }] }),
  (value) => ({ 'Fn::If': ['Wanted', { Ref: 'AWS::NoValue' }, value] }),
  (value) => ({ Ref: value }),
  (value) => ({ 'Fn::Sub': value }),
  (value) => (isList(value) ? [...value, ...copyOf(value)] : isMap(value) ? { ...value, Again: copyOf(value) } : [value, value]),
  (value) => (typeof value === 'string' ? value.repeat(20) : value),
  (value) => (typeof value === 'string' ? `${value}!/{x} é` : isMap(value) ? { ...value, Odd: null } : value),
]

interface Place {
  readonly holder: ValueMap | ValueList
  readonly key: string | number
}

function placesIn(value: Value, found: Place[] = []): Place[] {
  if (isList(value)) {
    for (const [key, member] of value.entries()) {
      found.push({ holder: value, key })
      placesIn(member, found)
    }
  } else if (isMap(value)) {
    for (const key of Object.keys(value)) {
      found.push({ holder: value, key })
      placesIn(value[key]!, found)
    }
  }
  return found
}

const valueAt = ({ holder, key }: Place): Value => (holder as ValueMap)[key]!

/** Sets a member, also one of the name `__proto__`. */
function set(holder: ValueMap | ValueList, key: string | number, value: Value): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

/** The template with some of its values replaced, taken away, renamed, swapped or wrapped, as `picks` decide. Changes it in place. */
export function mutate(template: ValueMap, picks: readonly number[]): ValueMap {
  for (const pick of picks) {
    const places = placesIn(template)
    const place = places[pick % places.length]
    if (!place) return template
    const choice = Math.floor(pick / places.length)
    mutateAt(place, choice, places[(choice * 31 + pick) % places.length]!)
  }
  return template
}

function mutateAt(place: Place, choice: number, other: Place): void {
  const { holder, key } = place
  const kind = choice % 8
  const rest = Math.floor(choice / 8)
  const value = valueAt(place)
  if (kind === 0) {
    if (isList(holder)) holder.splice(key as number, 1)
    else delete holder[key]
  } else if (kind === 1 && isMap(holder)) {
    delete holder[key]
    set(holder, ODD_NAMES[rest % ODD_NAMES.length]!, value)
  } else if (kind === 2 && isMap(holder)) {
    set(holder, ODD_NAMES[rest % ODD_NAMES.length]!, ODD[rest % ODD.length]!())
  } else if (kind <= 4) {
    set(holder, key, ODD[rest % ODD.length]!())
  } else {
    set(holder, key, CHANGES[rest % CHANGES.length]!(value, rest, valueAt(other)))
  }
}

/**
 * One SAM resource of the template, which one `pick` decides, with some of its events and all that is referred to: small enough to
 * be changed thousands of times.
 */
export function thinned(template: ValueMap, pick: number): ValueMap {
  const all = template['Resources'] as ValueMap
  const sam = Object.keys(all).filter((id) => String((all[id] as ValueMap)['Type']).startsWith('AWS::Serverless::'))
  const resources: ValueMap = {}
  const add = (id: string) => {
    if (Object.hasOwn(resources, id) || !Object.hasOwn(all, id)) return
    const resource = withFewEvents(copyOf(all[id]!) as ValueMap, pick)
    resources[id] = resource
    for (const word of JSON.stringify(resource).match(/\w+/g) ?? []) add(word)
  }
  add(sam[pick % sam.length]!)
  const { Outputs: _, ...others } = template
  return { ...copyOf(others), Resources: resources }
}

function withFewEvents(resource: ValueMap, pick: number): ValueMap {
  const events = (resource['Properties'] as ValueMap | undefined)?.['Events']
  if (!isMap(events)) return resource
  for (const [index, name] of Object.keys(events).entries()) if ((index + pick) % 8 !== 0) delete events[name]
  return resource
}

/** Makes every write into the value, however deep, throw. */
export function frozen<T extends Value>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const member of Object.values(value)) frozen(member as Value)
  }
  return value
}
