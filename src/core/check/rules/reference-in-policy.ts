import { declaredParameters } from '../../template/parameter-declarations.ts'
import type { Position } from '../../template/position.ts'
import { type Api, apisOf } from '../apis.ts'
import type { Remark, Rule } from '../finding.ts'
import { followsHash } from '../hashed.ts'
import { oncePer } from '../once-per.ts'
import type { PolicyView } from '../policy-view.ts'
import { importNames, type OutsideReference, outsideReferences } from '../references.ts'
import type { Subject } from '../subjects.ts'

/** The deployment's id is a hash of the text: a `Ref` stays the same text when the resource behind it is another one. */
export const referenceInPolicy: Rule = {
  id: 'reference-in-policy',
  level: 'warning',
  title: 'a policy whose values change without being deployed',
  symptom: 'after a VPC endpoint was replaced: a successful update, and 403 for everybody',

  *find(subjects) {
    const resourcesOf = oncePer(({ resources }: Subject) => new Set(resources.keys()))
    const movableIn = oncePer(importsByParameter)
    for (const api of apisOf(subjects)) {
      if (!followsHash(api) || api.policies === 'unknown') continue
      const { subject, properties } = api.resource
      for (const policy of api.policies.filter(({ document }) => document !== properties['Policy'])) {
        const references = outsideReferences(policy.document, resourcesOf(subject))
        yield* remarks(api, policy, references, movableIn(subject))
      }
    }
  },
}

type Lines = ReadonlySet<number | undefined>

function* remarks({ id }: Api, policy: PolicyView, references: readonly OutsideReference[], movable: Lines): Iterable<Remark> {
  // The API's own id never changes while it has deployments.
  const seen = new Set([`resource ${id}`])
  for (const reference of references) {
    const key = `${reference.kind} ${reference.name}`
    if (seen.has(key) || (reference.kind === 'import' && movable.has(lineOf(reference)))) continue
    seen.add(key)
    yield remarkOn(id, policy, reference)
  }
}

/** The lines of imports whose name a parameter has part in: with another name there is another text. */
function importsByParameter({ written }: Subject): Lines {
  const parameters = new Set(declaredParameters(written).map(({ key }) => key))
  return new Set(
    importNames(written)
      .filter(({ name }) => outsideReferences(name, parameters).length > 0)
      .map(lineOf),
  )
}

function lineOf({ position }: { readonly position: Position | undefined }): number | undefined {
  return position?.line
}

function remarkOn(id: string, { place }: PolicyView, { kind, name, position }: OutsideReference): Remark {
  const at = { ...place, position: position ?? place.position }
  const unnoticed = `the deployment of API \`${id}\` follows the policy's text, and that stays the same`
  switch (kind) {
    case 'resource':
      return {
        at,
        cause: `when \`${name}\` is replaced, its id in the policy changes, but ${unnoticed}: the old id goes on deciding`,
        mend: `after \`${name}\` was replaced deploy again, or set \`AlwaysDeploy: true\`; an id that comes as a parameter is in the text`,
      }
    case 'dynamic':
      return {
        at,
        cause: `when the value behind \`${name}\` changes, ${unnoticed}: the old value goes on deciding`,
        mend: 'give the value as a parameter, or set `AlwaysDeploy: true`',
      }
    case 'import':
      return {
        at,
        level: 'note',
        cause: `what \`${name}\` exports is not in the text that decides whether API \`${id}\` is deployed; it cannot change as long as it is imported, but you cannot move to another endpoint either without editing the policy`,
        mend: 'let a parameter have part in the name of the export: with another name there is another text, and a new deployment',
      }
  }
}
