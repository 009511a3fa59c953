import { expect, test } from 'vitest'
import { zonesOf } from './zones.ts'

test.each([
  ['eu-central-1', ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'], 'euc1-az1'],
  ['us-east-1', ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `us-east-1${letter}`), 'use1-az1'],
  ['ap-southeast-2', ['ap-southeast-2a', 'ap-southeast-2b', 'ap-southeast-2c'], 'apse2-az1'],
  ['us-gov-west-1', ['us-gov-west-1a', 'us-gov-west-1b', 'us-gov-west-1c'], 'usgw1-az1'],
  ['ap-northeast-1', ['ap-northeast-1a', 'ap-northeast-1c', 'ap-northeast-1d'], 'apne1-az1'],
])('%s has its zones', (region, names, firstId) => {
  expect(zonesOf(region).map(({ name }) => name)).toEqual(names)
  expect(zonesOf(region)[0]?.id).toBe(firstId)
})
