import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { member } from '../copy.ts'
import { isIntrinsic } from '../intrinsics.ts'
import type { RequestModel, RequestParameter } from '../openapi/request.ts'
import { iterated, str, truthy } from '../python.ts'
import { orderedEntries } from '../python2/ordered-entries.ts'
import { EventRefusal } from '../refusal.ts'
import type { Event } from './event-source.ts'

/** An event's `RequestModel`, which must be one of the API's `Models`. */
export function readRequestModel(
  { name, properties }: Event,
  api: ValueMap,
  method: string,
  path: string,
): RequestModel | undefined {
  const settings = properties['RequestModel']
  if (!isMap(settings) || !truthy(settings['Model'])) return undefined
  const model = settings['Model']!
  const models = api['Models']
  const refuse = (because: string) =>
    new EventRefusal(
      name,
      `Unable to set RequestModel [${str(model)}] on API method [${method}] for path [${path}] because ${because}`,
    )
  if (!truthy(models)) throw refuse('the related API does not define any Models.')
  if (!isIntrinsic(models) && !isMap(models)) throw refuse('the related API Models defined is of invalid type.')
  if (typeof model !== 'string') throw refuse('the related API does not contain valid Models.')
  if (!truthy(member(models as ValueMap, model))) throw refuse("it wasn't defined in the API's Models.")
  return { model, required: settings['Required'] ?? undefined, validator: readValidator(name, settings, model, method, path) }
}

function readValidator(
  event: string,
  settings: ValueMap,
  model: string,
  method: string,
  path: string,
): RequestModel['validator'] {
  const body = settings['ValidateBody'] ?? null
  const parameters = settings['ValidateParameters'] ?? null
  if (body === null && parameters === null) return undefined
  const validator = { body: body ?? false, parameters: parameters ?? false }
  if (typeof validator.body === 'boolean' && typeof validator.parameters === 'boolean')
    return validator as { body: boolean; parameters: boolean }
  throw new EventRefusal(
    event,
    `Unable to set Validator to RequestModel [${model}] on API method [${method}] for path [${path}] ValidateBody and ValidateParameters must be a boolean type, strings or intrinsics are not supported.`,
  )
}

const INVALID = "Invalid value for 'RequestParameters' property."

/** An event's `RequestParameters`: names, or maps of one name to its settings. */
export function readRequestParameters({ name: event, properties }: Event): RequestParameter[] {
  const written = properties['RequestParameters']
  if (!truthy(written)) return []
  return iterated(written!).map((parameter) => {
    if (typeof parameter === 'string') return { name: checkedName(event, parameter), required: false, caching: false }
    const [name, settings] = isMap(parameter) ? (orderedEntries(parameter)[0] ?? []) : []
    if (name === undefined) throw new EventRefusal(event, `${INVALID} Property must be either a string or an object`)
    checkedName(event, name)
    if (!isMap(settings) || Object.keys(settings).some((key) => key !== 'Required' && key !== 'Caching')) {
      throw new EventRefusal(event, `${INVALID} Values must be an object, e.g { Required: true, Caching: false }`)
    }
    return { name, required: setting(settings, 'Required'), caching: setting(settings, 'Caching') }
  })
}

const setting = (settings: ValueMap, name: string): Value => (settings[name] === undefined ? false : settings[name])

function checkedName(event: string, name: string): string {
  if (/^method\.request\.(querystring|path|header)\./.test(name)) return name
  throw new EventRefusal(
    event,
    `${INVALID} Keys must be in the format 'method.request.[querystring|path|header].{value}', e.g 'method.request.header.Authorization'.`,
  )
}
