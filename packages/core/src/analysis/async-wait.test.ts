import { describe, expect, it } from 'vitest'
import type { RawFrame } from '../lib/our-stacks.js'
import type { AsyncWaitEvidence, WaitGroup } from '../model/async-wait.js'
import { findInAsyncWait, sayAsyncWait } from './async-wait.js'

const cwd = '/srv/shop'

const frame = (name: string, file: string, line = 1): RawFrame => [
  name,
  file && `file:///srv/shop/${file}`,
  line,
  1,
  'async',
]

const inPackage = frame('query', 'node_modules/pg/lib/client.js')

const wait = (ms: number, frames: RawFrame[], more: Partial<WaitGroup> = {}): WaitGroup => ({
  type: 'Timeout',
  detail: '',
  frames,
  count: 1,
  ms,
  pending: 0,
  ...more,
})

const evidence = (groups: WaitGroup[]) => ({ groups, watchedMs: 2000 }) as AsyncWaitEvidence

describe('the longest waits', () => {
  it('are named by what is waited for and the function of the app', () => {
    const value = evidence([
      wait(9000, [inPackage]),
      wait(5000, [frame('Promise', ''), inPackage, frame('load', 'src/load.js', 12)], {
        type: 'PROMISE',
        detail: '10.0.0.5:5432',
        count: 31,
        pending: 2,
      }),
      wait(400, [frame('nap', 'src/nap.js', 3)]),
    ])
    expect(sayAsyncWait(value, cwd)).toBe(
      'during the capture most time was waited for a promise (10.0.0.5:5432) in load (src/load.js:12): 5.0 s in 31 waits, 2 of them unfinished',
    )
    expect(findInAsyncWait(value, cwd)).toMatchObject([
      { kind: 'long-wait', data: { type: 'PROMISE', ms: 5000, count: 31, watchedMs: 2000 } },
      { text: 'a timer in nap (src/nap.js:3): 400 ms in 1 wait', data: { function: { file: 'src/nap.js', line: 3 } } },
    ])
  })

  it('are added up where the stacks differ further out only', () => {
    const value = evidence([
      wait(300, [frame('nap', 'src/nap.js'), frame('a', 'src/a.js')]),
      wait(200, [frame('nap', 'src/nap.js'), frame('b', 'src/b.js')]),
    ])
    expect(findInAsyncWait(value, cwd)).toMatchObject([{ data: { ms: 500, count: 2 } }])
  })

  it('tell who called a function without a name', () => {
    const value = evidence([
      wait(300, [frame('', 'src/nap.js', 3), frame('', 'src/x.js'), frame('nap', 'src/nap.js', 2)]),
    ])
    expect(sayAsyncWait(value, cwd)).toContain(
      'a timer in (anonymous) (src/nap.js:3), called by nap (src/nap.js:2): 300 ms',
    )
  })

  it('are none where the app did not wait', () => {
    expect(sayAsyncWait(evidence([wait(9000, [inPackage])]), cwd)).toBeNull()
    expect(findInAsyncWait(evidence([]), cwd)).toEqual([])
  })
})
