import { entranceOf } from './endpoint-entrance.ts'
import { isExecuteApi } from './endpoint-services.ts'
import { type Ec2, save, VPC_ENDPOINT } from './kinds.ts'

/** After a start, opens every execute-api endpoint again, on the port it had; where that was taken, the new one is remembered. */
export async function reopenEntrances(ports: Pick<Ec2, 'records' | 'dataPlane'>): Promise<void> {
  for (const { scope, value: endpoint } of ports.records.all(VPC_ENDPOINT.table)) {
    if (!isExecuteApi(endpoint)) continue
    const port = await ports.dataPlane.openEntrance(entranceOf(scope, endpoint, ports))
    if (port !== endpoint.port || endpoint.state !== 'available')
      save(VPC_ENDPOINT, scope, { ...endpoint, port, state: 'available' }, ports)
  }
}
