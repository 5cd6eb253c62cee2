import { expect, test } from 'vitest'
import type { ListedDump } from '../api/types.ts'
import { averageFigures, holdersIn, newestOfEach, profilesIn } from './groups.ts'
import type { CpuProfile } from './profiles.ts'

const dump = (id: string, ...files: string[]) =>
  ({
    id,
    artifacts: files.map(file => ({ file, kind: 'cpu-profile', state: 'complete', bytes: 1000 })),
  }) as unknown as ListedDump

test('one profile of each dump, the one from during the capture first', () => {
  const dumps = [dump('c', 'cpu-before.cpuprofile', 'cpu.cpuprofile'), dump('b'), dump('a', 'cpu-before.cpuprofile')]
  expect(profilesIn(dumps)).toEqual([
    { id: 'c', file: 'cpu.cpuprofile' },
    { id: 'a', file: 'cpu-before.cpuprofile' },
  ])
  expect(profilesIn(Array.from({ length: 9 }, (_, index) => dump(`${index}`, 'cpu.cpuprofile')))).toHaveLength(5)
})

const profileOf = (name: string): CpuProfile => ({
  nodes: [{ id: 1, callFrame: { functionName: name, url: 'file:///app/a.js', lineNumber: 0, columnNumber: 0 } }],
  startTime: 0,
  endTime: 1000,
  samples: [1],
  timeDeltas: [0],
})

test('profiles count the same each', () => {
  const figures = averageFigures([profileOf('parse'), profileOf('send')])
  expect(figures.map(({ name, value }) => [name, value])).toEqual([
    ['parse', 0.5],
    ['send', 0.5],
  ])
})

const withHolders = (id: string, instance: string, ...files: string[]) =>
  ({
    ...{ id, from: { service: 'shop', version: '1', instance } },
    artifacts: files.map(file => ({
      ...{ file, state: 'complete', bytes: 1000 },
      kind: file.startsWith('holders') ? 'holders' : 'cpu-profile',
    })),
  }) as unknown as ListedDump

test('of each instance the newest dump that has holders counts, however many newer ones have none', () => {
  const dumps = [
    withHolders('e', 'pod-1', 'cpu.cpuprofile'),
    withHolders('d', 'pod-1', 'holders.json'),
    withHolders('c', 'pod-1', 'holders.json'),
    withHolders('b', 'pod-2', 'cpu.cpuprofile', 'holders.json'),
    withHolders('a', 'pod-3'),
  ]
  const idsOf = (files: { id: string }[]) => files.map(({ id }) => id)
  expect(idsOf(newestOfEach(dumps, holdersIn))).toEqual(['d', 'b'])
  expect(idsOf(newestOfEach(dumps, profilesIn))).toEqual(['e', 'b'])
  expect(idsOf(holdersIn(dumps))).toEqual(['d', 'c', 'b'])
})
