import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aws, awsJson, awsVersion, type Running, removeFolder, temporaryFolder, up } from './harness.ts'

const region = 'eu-west-1'
const team = { account: '111122223333', region }
const guest = { account: '444455556666', region }
const TEMPLATE = join(import.meta.dirname, 'templates/peered.yaml')

/** The network of a team, and of a guest from another account, by the real aws CLI. */
describe.skipIf(awsVersion === undefined)('two peered VPCs', () => {
  let running: Running
  let folder: string
  let made: Record<string, string>
  const ec2 = <T>(who: typeof team, ...args: string[]) => awsJson<T>(running, who, ['ec2', ...args])
  const deploy = (...more: string[]) =>
    aws(running, team, ['cloudformation', 'deploy', '--stack-name', 'net', '--template-file', TEMPLATE, ...more])
  const routes = async () => {
    const { RouteTables } = await ec2<{ RouteTables: { Routes: { DestinationCidrBlock: string; State: string }[] }[] }>(
      team,
      ...['describe-route-tables', '--route-table-ids', made['ClientRoutes'] ?? ''],
    )
    return Object.fromEntries(RouteTables[0]?.Routes.map((one) => [one.DestinationCidrBlock, one.State]) ?? [])
  }

  beforeAll(async () => {
    folder = temporaryFolder()
    mkdirSync(join(folder, 'data'))
    running = await up(join(folder, 'data'))
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  it('are deployed in one stack, with all that lies between them', async () => {
    expect(await deploy()).toMatchObject({ code: 0 })
    const { Stacks } = await awsJson<{ Stacks: { Outputs: { OutputKey: string; OutputValue: string }[] }[] }>(running, team, [
      ...['cloudformation', 'describe-stacks', '--stack-name', 'net'],
    ])
    made = Object.fromEntries(Stacks[0]?.Outputs.map((one) => [one.OutputKey, one.OutputValue]) ?? [])
    expect(await ec2(team, 'describe-vpc-peering-connections', '--filters', 'Name=tag:Name,Values=client-to-app')).toMatchObject({
      VpcPeeringConnections: [
        {
          VpcPeeringConnectionId: made['Peering'],
          Status: { Code: 'active' },
          RequesterVpcInfo: { VpcId: made['ClientVpc'], CidrBlock: '10.1.0.0/16' },
          AccepterVpcInfo: { VpcId: made['AppVpc'], CidrBlock: '10.0.0.0/16' },
        },
      ],
    })
    expect(await routes()).toEqual({ '10.1.0.0/16': 'active', '10.0.0.0/16': 'active', '0.0.0.0/0': 'active' })
    expect(await ec2(team, 'describe-nat-gateways', '--filter', 'Name=state,Values=available')).toMatchObject({
      NatGateways: [{ NatGatewayId: made['Nat'], NatGatewayAddresses: [{ PublicIp: made['Address'] }] }],
    })
    expect(await ec2(team, 'describe-vpcs', '--vpc-ids', made['ClientVpc'] ?? '')).toMatchObject({
      Vpcs: [{ DhcpOptionsId: made['Names'] }],
    })
  })

  it('change an entry in place', async () => {
    expect(await deploy('--parameter-overrides', 'Number=8443')).toMatchObject({ code: 0 })
    const acl = await ec2<{ NetworkAcls: { Entries: unknown[]; Associations: unknown[] }[] }>(
      team,
      ...['describe-network-acls', '--network-acl-ids', made['Edge'] ?? ''],
    )
    expect(acl.NetworkAcls[0]?.Associations).toHaveLength(1)
    expect(acl.NetworkAcls[0]?.Entries).toContainEqual({
      RuleNumber: 100,
      Egress: false,
      Protocol: '6',
      RuleAction: 'allow',
      CidrBlock: '10.1.0.0/16',
      PortRange: { From: 8443, To: 8443 },
    })
  })

  it('take a guest from another account, who asks and waits', async () => {
    const { Vpc } = await ec2<{ Vpc: { VpcId: string } }>(guest, 'create-vpc', '--cidr-block', '10.2.0.0/16')
    const { VpcPeeringConnection: asked } = await ec2<{ VpcPeeringConnection: { VpcPeeringConnectionId: string } }>(
      guest,
      ...['create-vpc-peering-connection', '--vpc-id', Vpc.VpcId],
      ...['--peer-vpc-id', made['AppVpc'] ?? '', '--peer-owner-id', team.account],
    )
    const id = ['--vpc-peering-connection-id', asked.VpcPeeringConnectionId]
    const own = await aws(running, guest, ['ec2', 'accept-vpc-peering-connection', ...id])
    expect(own.stderr).toContain('OperationNotPermitted')
    await ec2(team, 'accept-vpc-peering-connection', ...id)
    expect(await ec2(guest, 'describe-vpc-peering-connections', '--filters', 'Name=status-code,Values=active')).toMatchObject({
      VpcPeeringConnections: [{ AccepterVpcInfo: { OwnerId: team.account } }],
    })
    await ec2(guest, 'delete-vpc-peering-connection', ...id)
    expect(await ec2(team, 'describe-vpc-peering-connections', '--filters', 'Name=status-code,Values=deleted')).toMatchObject({
      VpcPeeringConnections: [{ Status: { Message: `Deleted by ${guest.account}` } }],
    })
  })

  it('see black holes where something goes behind the stack’s back, and restart with them', async () => {
    await ec2(team, 'delete-nat-gateway', '--nat-gateway-id', made['Nat'] ?? '')
    await running.stop()
    running = await up(join(folder, 'data'))
    expect(await routes()).toEqual({ '10.1.0.0/16': 'active', '10.0.0.0/16': 'active', '0.0.0.0/0': 'blackhole' })
  })

  it('go without a trace', async () => {
    await aws(running, team, ['cloudformation', 'delete-stack', '--stack-name', 'net'])
    expect(await aws(running, team, ['cloudformation', 'wait', 'stack-delete-complete', '--stack-name', 'net'])).toMatchObject({
      code: 0,
    })
    expect(await ec2(team, 'describe-addresses')).toEqual({ Addresses: [] })
    expect(await ec2(team, 'describe-vpcs', '--filters', 'Name=is-default,Values=false')).toEqual({ Vpcs: [] })
    expect(await ec2(team, 'describe-network-acls', '--filters', 'Name=default,Values=false')).toEqual({ NetworkAcls: [] })
  })
})
