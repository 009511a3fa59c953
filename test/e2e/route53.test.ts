import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aws, awsJson, awsVersion, type Running, removeFolder, temporaryFolder, up } from './harness.ts'

const who = { account: '314159265358', region: 'eu-central-1' }

const TEMPLATE = `
Parameters:
  Answer: {Type: String, Default: 192.0.2.1}
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.9.0.0/16, EnableDnsSupport: true, EnableDnsHostnames: true}
  Closed:
    Type: AWS::Route53::HostedZone
    Properties:
      Name: corp.example.com
      VPCs: [{VPCId: !Ref Vpc, VPCRegion: !Ref AWS::Region}]
  Open:
    Type: AWS::Route53::HostedZone
    Properties: {Name: example.com, HostedZoneConfig: {Comment: ours}}
  Address:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: !Ref Closed, Name: orders.corp.example.com, Type: A, TTL: 60, ResourceRecords: [!Ref Answer]}
  Names:
    Type: AWS::Route53::RecordSetGroup
    DependsOn: Open
    Properties:
      HostedZoneName: example.com.
      RecordSets:
        - {Name: '*.example.com', Type: TXT, TTL: 300, ResourceRecords: ['"any"']}
        - Name: api.example.com
          Type: A
          AliasTarget: {HostedZoneId: Z2OJLYMUO9EFXC, DNSName: d-abcdefghij.execute-api.eu-central-1.amazonaws.com}
Outputs:
  Closed: {Value: !Ref Closed}
  Open: {Value: !GetAtt Open.Id}
  NameServers: {Value: !Join [' ', !GetAtt Open.NameServers]}
  Address: {Value: !Ref Address}
`

interface RecordSets {
  readonly ResourceRecordSets: {
    Name: string
    Type: string
    ResourceRecords?: { Value: string }[]
    AliasTarget?: { DNSName: string }
  }[]
}

describe.skipIf(awsVersion === undefined)('Route 53 by the real aws CLI', () => {
  let running: Running
  let folder: string
  const json = <T>(...args: string[]) => awsJson<T>(running, who, args)
  const refused = async (...args: string[]) => (await aws(running, who, args)).stderr.trim()
  const shownIn = async (zone: string) => {
    const { ResourceRecordSets } = await json<RecordSets>('route53', 'list-resource-record-sets', '--hosted-zone-id', zone)
    return ResourceRecordSets.slice(2).map(({ Name, Type, ResourceRecords, AliasTarget }) =>
      [Type, Name, AliasTarget?.DNSName ?? ResourceRecords?.map(({ Value }) => Value).join()].join(' '),
    )
  }

  beforeAll(async () => {
    folder = temporaryFolder()
    running = await up(folder)
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  it('makes a zone, fills it in one transaction, and takes it down', async () => {
    const { HostedZone, ChangeInfo } = await json<{ HostedZone: { Id: string; Name: string }; ChangeInfo: { Id: string } }>(
      ...['route53', 'create-hosted-zone', '--name', 'Shop.Example', '--caller-reference', 'first'],
    )
    expect(HostedZone.Name).toBe('shop.example.')
    await json('route53', 'wait', 'resource-record-sets-changed', '--id', ChangeInfo.Id)
    const batch = (Action: string, Name: string, value: string) =>
      JSON.stringify({
        Changes: [{ Action, ResourceRecordSet: { Name, Type: 'A', TTL: 60, ResourceRecords: [{ Value: value }] } }],
      })
    const change = ['route53', 'change-resource-record-sets', '--hosted-zone-id', HostedZone.Id, '--change-batch']
    await json(...change, batch('CREATE', '*.shop.example', '192.0.2.1'))
    expect(await shownIn(HostedZone.Id)).toEqual(['A \\052.shop.example. 192.0.2.1'])
    expect(await refused(...change, batch('CREATE', '*.shop.example', '192.0.2.1'))).toBe(
      "An error occurred (InvalidChangeBatch) when calling the ChangeResourceRecordSets operation: [Tried to create resource record set [name='\\052.shop.example.', type='A'] but it already exists]",
    )
    const remove = ['route53', 'delete-hosted-zone', '--id', HostedZone.Id]
    expect(await refused(...remove)).toContain('(HostedZoneNotEmpty)')
    await json(...change, batch('DELETE', '\\052.shop.example.', '192.0.2.1'))
    await json(...remove)
    expect(await refused('route53', 'get-hosted-zone', '--id', HostedZone.Id)).toContain('(NoSuchHostedZone)')
  })

  it('deploys zones and records by a template, changes them and takes them down', async () => {
    writeFileSync(join(folder, 'names.yaml'), TEMPLATE)
    const deploy = (...more: string[]) =>
      aws(running, who, ['cloudformation', 'deploy', '--stack-name', 'names', '--template-file', 'names.yaml', ...more], folder)
    expect(await deploy()).toMatchObject({ code: 0 })
    const { Stacks } = await json<{ Stacks: { Outputs: { OutputKey: string; OutputValue: string }[] }[] }>(
      ...['cloudformation', 'describe-stacks', '--stack-name', 'names'],
    )
    const outputs = Object.fromEntries((Stacks[0]?.Outputs ?? []).map((one) => [one.OutputKey, one.OutputValue]))
    const { Closed = '', Open = '', NameServers, Address } = outputs
    expect(Address).toBe('orders.corp.example.com')
    const open = await json<{ DelegationSet: { NameServers: string[] } }>('route53', 'get-hosted-zone', '--id', Open)
    expect(NameServers).toBe(open.DelegationSet.NameServers.join(' '))
    expect(await shownIn(Closed)).toEqual(['A orders.corp.example.com. 192.0.2.1'])
    expect(await shownIn(Open)).toEqual([
      'TXT \\052.example.com. "any"',
      'A api.example.com. d-abcdefghij.execute-api.eu-central-1.amazonaws.com.',
    ])
    const { VPCs } = await json<{ VPCs: { VPCId: string; VPCRegion: string }[] }>('route53', 'get-hosted-zone', '--id', Closed)
    const byVpc = ['route53', 'list-hosted-zones-by-vpc', '--vpc-id', VPCs[0]?.VPCId ?? '', '--vpc-region', 'eu-central-1']
    expect(await json(...byVpc)).toMatchObject({
      HostedZoneSummaries: [{ HostedZoneId: Closed, Owner: { OwningAccount: who.account } }],
    })

    expect(await deploy('--parameter-overrides', 'Answer=192.0.2.2')).toMatchObject({ code: 0 })
    expect(await shownIn(Closed)).toEqual(['A orders.corp.example.com. 192.0.2.2'])
    await json('cloudformation', 'delete-stack', '--stack-name', 'names')
    await json('cloudformation', 'wait', 'stack-delete-complete', '--stack-name', 'names')
    expect(await json('route53', 'list-hosted-zones')).toMatchObject({ HostedZones: [] })
  })

  it('refuses other routing than the simple one before anything is made', async () => {
    const weighted = TEMPLATE.replace('Type: A, TTL: 60,', 'Type: A, TTL: 60, SetIdentifier: one, Weight: 1,')
    writeFileSync(join(folder, 'weighted.yaml'), weighted)
    const create = [
      'cloudformation',
      'create-stack',
      '--stack-name',
      'weighted',
      '--template-body',
      `file://${join(folder, 'weighted.yaml')}`,
    ]
    const said = await refused(...create)
    expect(said).toContain('Weight')
    expect(await json('route53', 'list-hosted-zones')).toMatchObject({ HostedZones: [] })
  })
})
