import { isMap, type Value } from '../../template/value.ts'
import { type Api, apisOf, settingOf } from '../apis.ts'
import type { Remark, Rule } from '../finding.ts'
import { placeIn } from '../subjects.ts'

const OF_SAM = ['Type', 'VPCEndpointIds', 'VpcEndpointIds', 'IpAddressType']
const OF_CLOUDFORMATION = ['Types', 'VpcEndpointIds', 'IpAddressType']

/** SAM and CloudFormation write the same thing in two ways, and each ignores or refuses the other's. */
export const endpointConfigurationShape: Rule = {
  id: 'endpoint-configuration-shape',
  level: 'error',
  title: 'an `EndpointConfiguration` that is written in the other language',
  symptom: 'the stack is refused, or the API has another type than the template seems to say',

  *find(subjects) {
    for (const api of apisOf(subjects)) {
      const setting = api.isSam ? settingOf(api.resource, 'EndpointConfiguration') : undefined
      if (setting)
        yield* misfits(api, setting.value, OF_SAM, (key) =>
          key === undefined ? setting.place : (settingOf(api.resource, 'EndpointConfiguration', key)?.place ?? setting.place),
        )
      const property = api.resource.properties['EndpointConfiguration']
      if (!api.isSam && property !== undefined)
        yield* misfits(api, property, OF_CLOUDFORMATION, (key) =>
          placeIn(api.resource, 'EndpointConfiguration', ...(key === undefined ? [] : [key])),
        )
    }
  },
}

function* misfits(
  { id, isSam }: Api,
  value: Value,
  names: readonly string[],
  placeOf: (key?: string) => Remark['at'],
): Iterable<Remark> {
  const mend = isSam
    ? '`EndpointConfiguration: {Type: PRIVATE, VPCEndpointIds: [<endpoint id>]}`'
    : '`EndpointConfiguration: {Types: [PRIVATE], VpcEndpointIds: [<endpoint id>]}`'
  if (!isMap(value)) {
    if (isSam || typeof value !== 'string') return
    yield {
      at: placeOf(),
      cause: `\`EndpointConfiguration\` of \`${id}\` is a text, which only SAM takes`,
      mend: `write ${mend}`,
    }
    return
  }
  const keys = Object.keys(value)
  if (keys.length === 1 && (keys[0] === 'Ref' || keys[0]?.startsWith('Fn::'))) return
  for (const key of keys.filter((name) => !names.includes(name)))
    yield {
      at: placeOf(key),
      cause: `\`EndpointConfiguration\` of \`${id}\` has \`${key}\`, which ${isSam ? 'SAM' : 'CloudFormation'} does not know`,
      mend: `write ${mend}`,
    }
}
