import { isList, isMap, textOfMember, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { json, repr } from '../python.ts'
import { closeEdit, type History, historyOf } from './history.ts'
import { keyOrder } from './key-order.ts'
import { orderedEntries } from './ordered-entries.ts'
import { isOwnKey, isOwnText } from './own-words.ts'
import { unicodeRepr } from './unicode-repr.ts'

/** An API's definition as `str()` of Python 2 prints it, after all that AWS does to it. */
export function definitionText(definition: ValueMap): string {
  closeEdit(definition)
  return printed(definition, historyOf(definition), 0)
}

function printed(map: ValueMap, history: History, born: number): string {
  const members = keyOrder(map, history, born).map(([key, came]) => {
    const name = isOwnKey(map, key) ? repr(key) : unicodeRepr(key)
    return `${name}: ${printedMember(map, key, history, came)}`
  })
  return `{${members.join(', ')}}`
}

function printedMember(holder: ValueMap | ValueList, key: string | number, history: History, came: number): string {
  const value = (holder as ValueMap)[key] ?? null
  if (isMap(value)) return printed(value, history, came)
  if (isList(value)) return `[${value.map((_, index) => printedMember(value, index, history, came)).join(', ')}]`
  if (typeof value === 'string') return isOwnText(holder, key) ? repr(value) : unicodeRepr(value)
  return typeof value === 'number' ? numberRepr(value, textOfMember(holder, key)) : repr(value)
}

/** JSON as Python writes it by itself: with blanks, unsorted, everything beyond ASCII escaped. */
export function spacedJson(value: Value, written?: string): string {
  if (isList(value)) return `[${value.map((item, index) => spacedJson(item, textOfMember(value, index))).join(', ')}]`
  if (isMap(value)) {
    const members = orderedEntries(value).map(([key, item]) => `${json(key)}: ${spacedJson(item, textOfMember(value, key))}`)
    return `{${members.join(', ')}}`
  }
  return typeof value === 'number' ? numberRepr(value, written).replace(/L$/, '') : json(value)
}

const LONGEST_INT = 2n ** 63n - 1n

/** A number of the template: whole ones beyond 64 bits with an `L`, others with all the digits that they need. */
export function numberRepr(value: number, written = String(value)): string {
  if (/^[-+]?\d+$/.test(written)) {
    const whole = BigInt(written.replace('+', ''))
    return whole > LONGEST_INT ? `${whole}L` : String(whole)
  }
  return Number.isInteger(value) && !/[.e]/i.test(written) ? String(value) : floatRepr(value)
}

/** Python changes to an exponent at 1e16 and below 1e-4. */
function floatRepr(value: number): string {
  const [digits, power] = value.toExponential().split('e') as [string, string]
  const exponent = Number(power)
  if (exponent < -4 || exponent >= 16) {
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  const text = exponent < 0 ? value.toFixed(digits.replace(/[-.]/g, '').length - 1 - exponent) : String(value)
  return text.includes('.') ? text : `${text}.0`
}
