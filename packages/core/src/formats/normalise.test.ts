import { expect, it } from 'vitest'
import { wholeTimes } from '../monitor/profilers/hook-profiler.js'
import { normaliseProfile } from './normalise.js'

const raw = (callFrame: object, more: object = {}) => ({
  title: 'x',
  nodes: [{ id: 1, bailoutReason: '', children: [], callFrame: { functionName: 'f', ...callFrame }, ...more }],
  startTime: 1,
  endTime: 9,
  samples: [1, 1, 1],
  timeDeltas: [0, 2],
})

it('the normaliser of profiles makes one shape of what v8-profiler-next and the inspector return', () => {
  const position = { url: '/app/a.js', scriptId: 7, lineNumber: 12, columnNumber: 3 }
  const ticks = { lineTicks: [{ line: 13, hitCount: 4 }] }
  const expected = {
    id: 1,
    callFrame: { functionName: 'f', scriptId: '7', url: 'file:///app/a.js', lineNumber: 11, columnNumber: 2 },
    hitCount: 4,
    positionTicks: [{ line: 13, ticks: 4 }],
  }
  const addon = normaliseProfile(raw({ ...position, ...ticks }, { hitCount: 4 }), 'v8-profiler-next')
  expect(addon).toEqual({ nodes: [expected], startTime: 1, endTime: 9, samples: [1, 1], timeDeltas: [0, 2] })

  const zeroBased = { ...position, url: 'file:///app/a.js', scriptId: '7', lineNumber: 11, columnNumber: 2 }
  const more = { hitCount: 4, positionTicks: [{ line: 13, ticks: 4 }] }
  expect(normaliseProfile(raw(zeroBased, more), 'inspector')).toEqual(addon)
})

it.each([
  ['', ''],
  ['node:fs', 'node:fs'],
  ['evalmachine.<anonymous>', 'evalmachine.<anonymous>'],
  ['file:///app/a.mjs?token=hunter2', 'file:///app/a.mjs'],
])('the normaliser of profiles shows the URL %j as %j', (url, shown) => {
  const { nodes } = normaliseProfile(raw({ url, scriptId: 1, lineNumber: 0, columnNumber: 0 }), 'inspector')
  expect(nodes[0]?.callFrame.url).toBe(shown)
})

it('the normaliser of profiles refuses what is no profile', () => {
  for (const value of [undefined, null, {}, { nodes: [] }])
    expect(() => normaliseProfile(value, 'node:v8')).toThrow('node:v8 returned something that is not a CPU profile')
})

it('the normaliser of profiles mends times of which only the lower 32 bits were written', () => {
  const whole = { nodes: [], startTime: 5_000_000_000, endTime: 5_001_000_000, samples: [], timeDeltas: [] }
  const cut = { ...whole, startTime: whole.startTime % 2 ** 32, endTime: whole.endTime % 2 ** 32 }
  expect(wholeTimes(cut, 5_000_100_000)).toEqual(whole)
  expect(wholeTimes(whole, 5_000_100_000)).toEqual(whole)
})
