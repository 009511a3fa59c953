import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/ec2-internet-gateway.ts'
import { createInternetGateway, deleteInternetGateway } from '../internet-gateways.ts'
import { find, INTERNET_GATEWAY, save } from '../kinds.ts'
import { stackTags } from '../tags.ts'

export default resource(schema, {
  honours: ['Tags'],

  create: (request, ports) => stateOf(createInternetGateway(request.caller, stackTags(request), ports).id),

  update(request, { ref }, ports) {
    save(
      INTERNET_GATEWAY,
      request.caller,
      { ...find(INTERNET_GATEWAY, request.caller, ref, ports), tags: stackTags(request) },
      ports,
    )
    return stateOf(ref)
  },

  delete({ ref, caller }, ports) {
    if (ports.records.get(INTERNET_GATEWAY.table, caller, ref)) deleteInternetGateway(caller, ref, ports)
  },
})

function stateOf(id: string) {
  return { ref: id, attributes: { InternetGatewayId: id } }
}
