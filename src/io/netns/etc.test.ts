import { expect, it } from 'vitest'
import { asksDns, resolvConf } from './etc.ts'

it('a `resolv.conf` names the resolvers in order', () => {
  expect(resolvConf({ resolvers: ['10.0.0.2', '169.254.169.253'], search: 'ec2.internal' })).toBe(
    'search ec2.internal\nnameserver 10.0.0.2\nnameserver 169.254.169.253\n',
  )
  expect(resolvConf({ resolvers: [] })).toBe('')
})

it.each([
  [
    'passwd: files\nhosts: files mdns4_minimal [NOTFOUND=return] resolve dns\nservices: db files\n',
    'passwd: files\nservices: db files\nhosts: files dns\n',
  ],
  ['  hosts : resolve', 'hosts: files dns\n'],
  ['# none\n', '# none\nhosts: files dns\n'],
])('hosts are looked up in files and by DNS alone: %j', (given, expected) => {
  expect(asksDns(given)).toBe(expected)
})
