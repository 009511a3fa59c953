import { positionOfMember } from '../template/position.ts'
import { isMap, type ValueMap } from '../template/value.ts'
import { DocumentRefusal, invalidDocument, invalidResource } from './refusal.ts'
import { samResources } from './sam-types.ts'

/** What has to hold before anything is transformed. */
export function checkStructure(template: ValueMap): void {
  const resources = template['Resources']
  if (!isMap(resources) || Object.keys(resources).length === 0) {
    throw invalidDocument("'Resources' section is required", positionOfMember(template, 'Resources'))
  }
  const misplaced = Object.keys(resources).find((id) => !isMap(resources[id]))
  if (misplaced !== undefined) {
    throw invalidDocument(
      "All 'Resources' must be Objects. If you're using YAML, this may be an indentation issue.",
      positionOfMember(resources, misplaced),
    )
  }
  for (const [id, resource] of samResources(template)) {
    if (resource['Properties'] === undefined || isMap(resource['Properties'])) continue
    throw new DocumentRefusal([
      invalidResource(id, "Attribute 'Properties' should be a map.", positionOfMember(resource, 'Properties')),
    ])
  }
}
