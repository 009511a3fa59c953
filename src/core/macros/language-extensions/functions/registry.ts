import type { EarlyFunction } from '../settled.ts'
import { base64 } from './base64.ts'
import { findInMap } from './find-in-map.ts'
import { getAtt } from './get-att.ts'
import { ifFunction } from './if.ts'
import { join } from './join.ts'
import { length } from './length.ts'
import { ref } from './ref.ts'
import { select } from './select.ts'
import { split } from './split.ts'
import { sub } from './sub.ts'
import { toJsonString } from './to-json-string.ts'

const FUNCTIONS = [base64, findInMap, getAtt, ifFunction, join, length, ref, select, split, sub, toJsonString]

/** The functions that can be worked out before there is a stack, by name. The others are left to it, their arguments settled. */
export const EARLY_FUNCTIONS: ReadonlyMap<string, EarlyFunction> = new Map(FUNCTIONS.map((one) => [one.name, one]))
