import { describe, expect, it } from 'vitest'
import { analyseCpu } from '../../analysis/cpu.js'
import type { RawFrame } from '../../lib/our-stacks.js'
import type { WaitGroup } from '../../model/async-wait.js'
import { asyncWaitCapture } from './async-wait.js'
import { shownWaits, toWaitProfile } from './async-wait-profile.js'
import type { CaptureContext } from './capture.js'

const frame = (name: string, url = 'file:///srv/shop/src/shop.js', line = 1): RawFrame => [name, url, line, 1, 'async']

const node = frame('setTimeout', 'node:timers')

const own = frame('settled', new URL('../engine.js', import.meta.url).href)

const group = (frames: RawFrame[], ms: number, more: Partial<WaitGroup> = {}): WaitGroup => ({
  type: 'Timeout',
  detail: '',
  frames,
  count: 1,
  ms,
  pending: 0,
  ...more,
})

describe('the profile', () => {
  it('has a node for each type, the stacks below from outside in, and their time', () => {
    const profile = toWaitProfile(
      [
        group([frame('nap', undefined, 7), frame('handler')], 30),
        group([frame('load'), frame('handler')], 20, { type: 'PROMISE', detail: '10.0.0.5:5432' }),
        group([frame('doze'), frame('handler')], 10),
      ],
      1000,
    )
    expect(profile.nodes.map(({ id, callFrame: { functionName }, children }) => [id, functionName, children])).toEqual([
      [1, '(root)', [2, 5]],
      [2, 'Timeout', [3]],
      [3, 'handler', [4, 8]],
      [4, 'nap', undefined],
      [5, 'PROMISE 10.0.0.5:5432', [6]],
      [6, 'handler', [7]],
      [7, 'load', undefined],
      [8, 'doze', undefined],
    ])
    expect(profile).toMatchObject({ samples: [4, 7, 8, 1], timeDeltas: [0, 30_000, 20_000, 10_000] })
    expect(profile).toMatchObject({ startTime: 1000, endTime: 61_000 })
    expect(profile.nodes[3]?.callFrame).toMatchObject({ lineNumber: 6, columnNumber: 0 })
    const times = analyseCpu(profile, '/srv/shop').functions.map(({ name, selfMs, totalMs }) => [name, selfMs, totalMs])
    expect(times).toContainEqual(['nap', 30, 30])
    expect(times.filter(([name]) => name === 'handler').map(([, self]) => self)).toEqual([0])
  })

  it('of nothing is one all the same', () => {
    expect(toWaitProfile([], 5)).toMatchObject({ samples: [1], timeDeltas: [0], startTime: 5, endTime: 5 })
  })
})

it('only what the app or a package takes part in is shown, and the rest is counted', () => {
  const inPackage = [frame('get', 'file:///srv/shop/node_modules/redis/index.js')]
  const waits = [[node, frame('nap')], inPackage, [node], [node, own, frame('handler')]].map(one => group(one, 10))
  const { shown, unshown } = shownWaits(waits)
  expect(shown).toEqual(waits.slice(0, 2))
  expect(unshown).toEqual({ node: { count: 1, ms: 10 }, autodump: { count: 1, ms: 10 } })
})

it('a profile of waits is refused where too little memory is left', async () => {
  const taken = asyncWaitCapture.take({ memoryLeft: () => 10 * 1024 ** 2 } as CaptureContext)
  await expect(taken).rejects.toThrow('it may take 20 MiB of memory, and 10 MiB are left')
})
