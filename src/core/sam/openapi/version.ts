import { textOfMember, type ValueMap } from '../../template/value.ts'
import { str } from '../python.ts'

/** Whether a document, or an API's `OpenApiVersion`, is of OpenAPI 3: text or a number, `3.0` or `3.0.1` but not `3`. */
export function isVersion3(holder: ValueMap, key: string): boolean {
  return /^3(\.\d)(\.\d)?$/.test(versionText(holder, key))
}

/** Whether SAM takes the version: as `isVersion3`, or `2.0`'s form. */
export function isSupportedVersion(holder: ValueMap, key: string): boolean {
  return /^[2-3](\.\d)(\.\d)?$/.test(versionText(holder, key))
}

/** A version as text. What is written as `3.0` AWS's Python prints as `3.0`, though as a number it is 3. */
export function versionText(holder: ValueMap, key: string): string {
  const value = holder[key]
  if (!Number.isInteger(value)) return str(value)
  return /[.e]/i.test(textOfMember(holder, key) ?? '') ? `${value}.0` : `${value}`
}
