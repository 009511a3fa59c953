import { known } from '../scope.ts'
import { type Intrinsic, templateError, whenKnown } from './intrinsic.ts'

const SHAPE = 'every Fn::Base64 object must have a String-typed value.'

export const base64: Intrinsic = {
  name: 'Fn::Base64',

  check(argument, at) {
    if (argument === null || Array.isArray(argument)) throw templateError(SHAPE, at)
  },

  evaluate(argument, scope, evaluate, at) {
    return whenKnown(evaluate(argument, scope), (text) => {
      if (typeof text === 'object') throw templateError(SHAPE, at)
      return known(encodeBase64(String(text)))
    })
  },
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The core has neither `Buffer` nor `btoa`. */
export function encodeBase64(text: string): string {
  const bytes = utf8(text)
  let encoded = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.slice(at, at + 3)
    const bits = (first << 16) | (second << 8) | third
    const digits = [18, 12, 6, 0].map((shift) => ALPHABET[(bits >> shift) & 63])
    const present = Math.min(3, bytes.length - at)
    encoded += digits.slice(0, present + 1).join('') + '='.repeat(3 - present)
  }
  return encoded
}

function utf8(text: string): number[] {
  // Half of a surrogate pair has no UTF-8.
  const wellFormed = text.replaceAll(/\p{Surrogate}/gu, '\uFFFD')
  return [...encodeURIComponent(wellFormed).matchAll(/%([0-9A-F]{2})|([^%])/g)].map(([, hex, character]) =>
    hex ? Number.parseInt(hex, 16) : (character ?? '').charCodeAt(0),
  )
}
