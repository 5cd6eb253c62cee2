import { expect, test } from 'vitest'
import type { ListedDump } from '../api/types.ts'
import { averageFigures, profilesIn } from './groups.ts'
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
