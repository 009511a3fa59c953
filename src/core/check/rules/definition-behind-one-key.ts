import { isMap, type Value } from '../../template/value.ts'
import { apisOf, settingOf } from '../apis.ts'
import type { Rule } from '../finding.ts'
import { followsHash } from '../hashed.ts'

/** Of a document in a bucket the hash sees bucket, key and version, not what is in it. */
export const definitionBehindOneKey: Rule = {
  id: 'definition-behind-one-key',
  level: 'warning',
  title: 'an API document that changes behind the same key',
  symptom: 'a successful update after which methods and policy are the old ones',

  *find(subjects) {
    for (const api of apisOf(subjects)) {
      const setting = followsHash(api) ? settingOf(api.resource, 'DefinitionUri') : undefined
      if (!setting || !isFixed(setting.value)) continue
      yield {
        at: setting.place,
        ...(api.type !== 'PRIVATE' && { level: 'note' as const }),
        cause: `a new document under the same key changes neither API \`${api.id}\` nor its deployment: both look at the location alone`,
        mend: 'name a local file, which packaging puts under a key of its own each time, or give the `Version` of the object',
      }
    }
  },
}

/** The keys that packaging makes are digests of what they hold. */
const DIGEST = /[0-9a-f]{32}/

function isFixed(location: Value): boolean {
  if (typeof location === 'string') return /^s3:\/\//.test(location) && !DIGEST.test(location) && !/[?&]versionId=/.test(location)
  if (!isMap(location)) return false
  const { Key: key, Version: version } = location
  return typeof key === 'string' && version === undefined && !DIGEST.test(key)
}
