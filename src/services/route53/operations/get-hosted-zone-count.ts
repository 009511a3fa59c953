import { operation } from '#kit/operation.ts'
import { GetHostedZoneCount } from '#services/models/route53.ts'
import { listHostedZones } from '../hosted-zones.ts'
import { anything } from '../permission.ts'

export default operation(GetHostedZoneCount, {
  authorize: () => anything('GetHostedZoneCount'),
  run: (_input, caller, ports) => ({ HostedZoneCount: listHostedZones(caller, ports).length }),
})
