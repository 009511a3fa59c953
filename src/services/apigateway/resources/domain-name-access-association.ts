import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/apigateway-domain-name-access-association.ts'
import { createAssociation, deleteAssociation } from '../domains/access-associations.ts'
import { unlessGone } from '../gone.ts'
import { stackTags } from '../tags.ts'

/** Every change replaces. */
export default resource(schema, {
  honours: ['AccessAssociationSource', 'AccessAssociationSourceType', 'DomainNameArn', 'Tags'],

  create({ properties: p, logicalId, stack, caller }, ports) {
    const { arn } = createAssociation(
      {
        domainNameArn: p.DomainNameArn,
        accessAssociationSource: p.AccessAssociationSource,
        tags: stackTags(logicalId, stack, p.Tags),
      },
      caller,
      ports,
    )
    return { ref: arn, attributes: { DomainNameAccessAssociationArn: arn } }
  },

  delete({ ref, caller }, ports) {
    unlessGone(() => deleteAssociation(ref, caller, ports))
  },
})
