/** A plain (unquoted) scalar, and its text where that says more than the value. */
export interface Scalar {
  readonly value: string | number | boolean | null
  readonly text?: string
}

const TRUE = /^(true|True|TRUE|yes|Yes|YES|on|On|ON)$/
const FALSE = /^(false|False|FALSE|no|No|NO|off|Off|OFF)$/
const NULL = /^(|~|null|Null|NULL)$/
const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/
const HEXADECIMAL = /^0x[0-9a-fA-F]+$/
const INTEGER_WITH_LEADING_ZERO = /^[-+]?0\d+$/

/**
 * Reads a plain scalar as CloudFormation does: the core rules of YAML with the yes/no/on/off of YAML 1.1. Digits that a number
 * would lose stay text: an account id such as `000123456789`, and integers beyond what a number holds.
 */
export function readScalar(source: string): Scalar {
  if (TRUE.test(source)) return { value: true }
  if (FALSE.test(source)) return { value: false }
  if (NULL.test(source)) return { value: null }
  if (INTEGER_WITH_LEADING_ZERO.test(source)) return { value: source }
  return NUMBER.test(source) || HEXADECIMAL.test(source) ? readNumber(source) : { value: source }
}

export function readNumber(source: string): Scalar {
  const value = Number(source)
  if (!Number.isFinite(value)) return { value: source }
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return { value: source }
  return String(value) === source ? { value } : { value, text: source }
}
