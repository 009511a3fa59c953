import { parseJson } from '#core/template/parse-json.ts'
import { parseYaml } from '#core/template/parse-yaml.ts'
import { isMap, type Value, type ValueMap } from '#core/template/value.ts'
import { badRequest } from '../refusals.ts'

/** An OpenAPI definition, from JSON or YAML text or as a template holds it; AWS's refusal where it is none. */
export function readDocument(body: Uint8Array | Value): ValueMap {
  const value = body instanceof Uint8Array || typeof body === 'string' ? parsed(body) : body
  if (!isMap(value)) throw invalidInput()
  const { swagger, openapi } = value
  if (!isVersion(swagger, '2.0') && !isVersion(openapi, '3.0')) throw invalidInput()
  return value
}

/** Templates write `swagger: 2.0` without quotes, which makes it the number 2. */
function isVersion(written: Value | undefined, version: string): boolean {
  return typeof written === 'number' ? written === Number(version) : typeof written === 'string' && written.startsWith(version)
}

function parsed(body: Uint8Array | string): Value {
  const text = (typeof body === 'string' ? body : new TextDecoder().decode(body)).replace(/^\uFEFF/, '')
  try {
    return (text.trimStart().startsWith('{') ? parseJson(text, undefined) : parseYaml(text, undefined)).value
  } catch {
    // AWS says the same of every text that it cannot read.
    throw invalidInput()
  }
}

const invalidInput = () => badRequest('Invalid OpenAPI input.')
